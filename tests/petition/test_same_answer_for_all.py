"""Whatever a form brings with it and whatever is known of its address: the sender sees the same, down to the SQL.

Beside what `test_same_answer.py` compares: the other ways to be looked at, and not to be written to.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from disposable_email_domains import blocklist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from petition.email_address import email_key
from petition.enums import Reason, SignatureState, SuppressionReason, SuppressionScope
from petition.models import PendingSignature, Suppression
from tests.factories import ContactFactory, PendingSignatureFactory, SignatureFactory
from tests.petition.test_same_answer import BETWEEN_THE_HEADERS_OF_TWO_ANSWERS, texts

pytestmark = pytest.mark.django_db
WATCHED, DISPOSABLE = "regarde.example.net", sorted(blocklist)[0]
Known = Callable[[object, str], object]


def suppressed(scope: str, reason: str) -> Known:
    def suppress(petition, email: str) -> None:
        about = petition if scope == SuppressionScope.PETITION else None
        now = timezone.now()
        until = now + timedelta(days=30)
        Suppression.objects.create(
            email_key=email_key(email),
            scope=scope,
            reason=reason,
            petition=about,
            created_at=now,
            until=until,
        )

    return suppress


def looked_at(petition, email: str) -> None:
    PendingSignatureFactory(petition=petition, email=email, reasons=[Reason.TRAP, Reason.PROOF])


# What is known of an address, each with an address of its own.
ADDRESSES: dict[str, tuple[str, Known]] = {
    "unknown": ("a@exemple.fr", lambda petition, email: None),
    "looked at": ("b@exemple.fr", looked_at),
    "held": ("c@exemple.fr", lambda p, e: SignatureFactory(petition=p, email=e, state=SignatureState.HELD)),
    "a supporter": ("d@exemple.fr", lambda p, e: ContactFactory(petition=p, email=e)),
    "mail came back": ("e@exemple.fr", suppressed(SuppressionScope.ALL_MAIL, SuppressionReason.BOUNCE)),
    "paused": ("f@exemple.fr", suppressed(SuppressionScope.ALL_MAIL, SuppressionReason.PAUSED)),
    "not me": ("g@exemple.fr", suppressed(SuppressionScope.PETITION, SuppressionReason.NOT_ME)),
    "no news": ("h@exemple.fr", suppressed(SuppressionScope.NEWSLETTER, SuppressionReason.REFUSAL)),
    "erased": ("i@exemple.fr", suppressed(SuppressionScope.NEWSLETTER, SuppressionReason.ERASURE)),
    "a domain that is looked at": (f"j@{WATCHED}", lambda petition, email: None),
    "a domain for an hour": (f"k@{DISPOSABLE}", lambda petition, email: None),
    "a domain without mail": ("l@pas-de-courrier.exemple.fr", lambda petition, email: None),
}

# What a form may bring with it; a used answer is put in by the test.
FORMS = {
    "as a browser sends it": {},
    "without JavaScript": {"altcha": None},
    "a false answer": {"altcha": "x"},
    "the field that nobody sees": {"remark": "x"},
}


@pytest.fixture
def petition(petition):
    petition.watched_domains = WATCHED
    petition.save()
    return petition


def observe(visitor, petition, email: str, brought: dict) -> tuple:
    """Sign by a form that was open for a minute; return all that its sender can see, and the statements."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        data = visitor.form_of(petition, email=email, **brought)
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.send(f"/petitions/{petition.slug}/signature/", data)
    headers = {k: v for k, v in answer.headers.items() if k not in BETWEEN_THE_HEADERS_OF_TWO_ANSWERS}
    return answer.status_code, answer.content, headers, len(answer.cookies), texts(captured)


@pytest.mark.parametrize("brought", FORMS.values(), ids=FORMS)
def test_no_address_is_answered_otherwise_whatever_the_form_brings(petition, visitor, brought):
    observe(visitor, petition, "vorab@exemple.fr", brought)
    seen = {}
    for kind, (email, make_known) in ADDRESSES.items():
        make_known(petition, email)
        seen[kind] = observe(visitor, petition, email, brought)
    assert seen["unknown"][0] == 303
    for kind, answer in seen.items():
        assert answer == seen["unknown"], kind


def test_a_used_answer_and_a_good_one_are_answered_alike(petition, visitor):
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        data = visitor.form_of(petition)
    visitor.send(f"/petitions/{petition.slug}/signature/", data)
    good = observe(visitor, petition, "b@exemple.fr", {})
    used = observe(visitor, petition, "c@exemple.fr", {"ticket": data["ticket"], "altcha": data["altcha"]})
    assert used == good
    assert PendingSignature.objects.get(email="c@exemple.fr").reasons == [Reason.PROOF]


def test_a_domain_that_is_looked_at_is_answered_alike_in_time_and_place(petition, visitor):
    """The page that follows is the same as well, whoever asks for it."""
    pages = []
    for email in ("a@exemple.fr", f"b@{WATCHED}", f"c@{DISPOSABLE}"):
        location = visitor.sign(petition, email=email)["Location"]
        pages.append((location, visitor.read(location).content))
    assert pages[0] == pages[1] == pages[2]
