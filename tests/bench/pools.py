"""What is made beforehand: distinct addresses, tickets, answers, waiting rows and links, in a file that the load reads.

Runs inside Django, which is set up for the site's own environment.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import quote
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from deploy.steps import Fault
from petition.captcha import ticket
from petition.email_address import email_key
from petition.enums import ConsentPurpose
from petition.limits import FORM_LIFE
from petition.links import confirm_token
from petition.models import PendingSignature, Petition
from petition.models.pending import new_nonce
from petition.services.texts import current_text
from petition.services.wording import current_consent_texts
from tests.answers import worked_out
from tests.bench.pgbench import CLIENTS, pending_name
from tests.bench.running import SLUG

AT_MOST_PER_SECOND = {
    "sign": 3_000,
    "confirm": 8_000,
}  # the latter also for pgbench; a run that needs more fails
AT_ONCE = 5_000  # rows per statement
OLDEST_TICKET = FORM_LIFE - timedelta(hours=1)
LONG_ENOUGH_AGO = timedelta(minutes=1)  # nobody is told to have been too fast


def write_sign_pool(path: Path, first: int, count: int) -> None:
    """Write `count` lines for sign.lua, numbered from `first`: each an address, a ticket and an answer of its own.

    The answers are those that a browser would have worked out, each for its ticket and good once.
    Tickets hold whole seconds, so no two are alike among as many as there are seconds in their life.
    """
    if count > OLDEST_TICKET.total_seconds():
        raise Fault(
            f"No more than {OLDEST_TICKET.total_seconds():,.0f} tickets differ: measure for fewer seconds."
        )
    petition = Petition.objects.get(slug=SLUG)
    text, shown = current_text(petition, "fr"), current_consent_texts(petition, "fr")
    assert text is not None
    consent_ids: dict[ConsentPurpose, int] = {purpose: words.pk for purpose, words in shown.items()}
    address = reverse("sign", args=[SLUG])
    latest = timezone.now() - LONG_ENOUGH_AGO
    with path.open("w") as pool:
        for number in range(first, first + count):
            back = timedelta(seconds=number % int(OLDEST_TICKET.total_seconds()))
            with mock.patch.object(ticket.timezone, "now", lambda back=back: latest - back):
                issued = ticket.issue(petition.pk, text.pk, consent_ids)
            pool.write(f"{number}\t{address}\t{issued}\t{quote(worked_out(issued), safe='')}\n")
    connection.close()


def write_confirm_pool(path: Path, names: Iterable[str]) -> None:
    """Make one waiting row per name, which gives it its UUID, and write a line for confirm.lua for each."""
    petition = Petition.objects.get(slug=SLUG)
    text, shown = current_text(petition, "fr"), current_consent_texts(petition, "fr")
    assert text is not None
    rows = []
    with path.open("w") as pool:
        for number, name in enumerate(names):
            email, nonce = f"attente-{name}@example.org", new_nonce()
            row = PendingSignature(
                uuid=UUID(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()),
                petition=petition,
                text=text,
                language="fr",
                first_name="Essai",
                last_name=f"Essai-{number}",
                email=email,
                email_key=email_key(email),
                place="FR-75",
                received_at=timezone.now() - LONG_ENOUGH_AGO,
                sign_text=shown[ConsentPurpose.SIGN],
                nonce=nonce,
                mailed=[[email, nonce]],  # as after the mail has left
            )
            rows.append(row)
            pool.write(f"{number}\t{confirm_address(row.uuid, nonce)}\t{nonce}\n")
    PendingSignature.objects.bulk_create(rows, batch_size=AT_ONCE)
    connection.close()


def names_that_pgbench_counts(count: int) -> Iterator[str]:
    """Return the names of `count` rows: those that pgbench's clients come upon, each by counting its turns."""
    for number in range(count):
        yield pending_name(number % CLIENTS, number // CLIENTS)


def confirm_address(row_uuid: UUID, nonce: str) -> str:
    """Return the address that the mail of a waiting row leads to."""
    return reverse("confirm", args=[confirm_token(row_uuid, nonce)])
