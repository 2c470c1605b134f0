"""Ask for the mails of an address, without learning here whether it has signed."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import Priority
from petition import limits
from petition.email_address import email_key
from petition.enums import ContactState
from petition.errors import TooManyFromNetwork
from petition.models import Contact, Endorsement, PendingSignature, Signature
from petition.services import signing
from petition.services.withdrawal import of_key

LINKS_MAIL = "own_links_mail"
NEWS_MAIL = "own_news_mail"


@transaction.atomic
def ask_by_address(address: str, *, network: str) -> None:
    """Owe the address its mails, whatever is known of it; the worker looks it up by its fingerprint.

    Counts towards the network's hourly number, as signing does. Raises TooManyFromNetwork, and owes nothing.
    """
    _count(network)
    queue.put("mails_for_address", subject=email_key(address), priority=Priority.FIRST)


@transaction.atomic
def owe_mails_of(key: str) -> None:
    """Owe a mailbox a fresh confirmation mail per pending signature, and one mail with the links of all signatures and
    of what it sent for organisations.

    One per spelling of its address: see `following.of_same_address`. What waits for a petition that is delivered can't
    be confirmed any more: its links alone are sent. Who gets news and has no signature with a name is told of those.
    """
    newest: dict[str, PendingSignature | Signature] = {}
    for pending in of_key(PendingSignature, key).select_related("petition"):
        if pending.petition.takes_confirmations(trial=pending.trial):
            signing.ask_again(pending, pending.email)
        else:
            newest[pending.email.casefold()] = pending
    for signature in of_key(Signature, key).order_by("received_at"):
        newest[signature.email.casefold()] = signature
    endorsements = Endorsement.objects.of_mailbox(key).values_list("email", "uuid")
    mailed = {spelling: row.uuid for spelling, row in newest.items()}
    for email, row_uuid in endorsements:
        mailed.setdefault(email.casefold(), row_uuid)
    for row_uuid in mailed.values():
        owe_links(row_uuid)
    if not newest and not of_key(PendingSignature, key).exists():
        supporters = Contact.objects.filter(email_key=key, state=ContactState.SUBSCRIBED)
        for pk in supporters.values_list("pk", flat=True):
            queue.put(NEWS_MAIL, subject=str(pk), priority=Priority.FIRST)


@transaction.atomic
def ask_for_links(row_uuid: UUID, *, network: str) -> None:
    """Owe the address of a row the mail with its links, as its personal link asks for it.

    Counts towards the network's hourly number. Raises TooManyFromNetwork, and owes nothing.
    """
    _count(network)
    owe_links(row_uuid)


@transaction.atomic
def ask_for_fresh_mail(pending: PendingSignature, address: str, *, network: str) -> None:
    """Owe a fresh confirmation mail to an address of this mailbox; counts and raises as above."""
    _count(network)
    signing.ask_again(pending, address)


def owe_links(row_uuid: UUID) -> None:
    """Owe the address of a row the mail with its links: the one that a personal link asks for, too."""
    queue.put(LINKS_MAIL, subject=row_uuid.hex, priority=Priority.FIRST)


def _count(network: str) -> None:
    if limits.count_network(network, timezone.now()) > limits.network_limits()[1]:
        raise TooManyFromNetwork
