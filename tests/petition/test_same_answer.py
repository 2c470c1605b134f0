"""What is known of an address shows in nothing that the sender of a form can see: not even in the SQL."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from petition.email_address import email_key
from petition.enums import SignatureState, SuppressionReason, SuppressionScope
from petition.models import Suppression
from tests.factories import PendingSignatureFactory, SignatureFactory

pytestmark = pytest.mark.django_db
LITERAL = re.compile(r"'(?:[^']|'')*'(?:::\w+)?|\"s\d+_x\d+\"|\b\d+\b|\bNULL\b")
BETWEEN_THE_HEADERS_OF_TWO_ANSWERS = {"Date", "Expires"}  # both tell the second of the answer


def nothing(petition, address):
    """Nobody knows it."""


def pending(petition, address):
    PendingSignatureFactory(petition=petition, email=address)


def confirmed(petition, address):
    SignatureFactory(petition=petition, email=address)


def held(petition, address):
    SignatureFactory(petition=petition, email=address, state=SignatureState.HELD)


def invalidated(petition, address):
    SignatureFactory(petition=petition, email=address, state=SignatureState.INVALIDATED)


def suppressed(petition, address):
    Suppression.objects.create(
        email_key=email_key(address),
        scope=SuppressionScope.ALL_MAIL,
        reason=SuppressionReason.COMPLAINT,
        created_at=timezone.now(),
    )


KNOWN_AS = [nothing, pending, confirmed, held, invalidated, suppressed]


def texts(captured) -> list[str]:
    """Return the statements without their values."""
    return [LITERAL.sub("?", query["sql"]) for query in captured]


def observe(send, address: str) -> tuple:
    with CaptureQueriesContext(connection) as captured:
        response = send(address)
    headers = {k: v for k, v in response.headers.items() if k not in BETWEEN_THE_HEADERS_OF_TWO_ANSWERS}
    return response.status_code, response.content, headers, texts(captured)


def observe_all(petition, send) -> dict[str, tuple]:
    send("warm-up@example.org")  # the day's key is made once a day, whoever comes first
    seen = {}
    for known_as in KNOWN_AS:
        address = f"{known_as.__name__}@example.org"
        known_as(petition, address)
        seen[known_as.__name__] = observe(send, address)
    return seen


def test_the_form_is_answered_alike(petition, visitor):
    seen = observe_all(petition, lambda address: visitor.sign(petition, email=address))
    status, _content, _headers, statements = seen["nothing"]
    assert status == 303
    assert sum(text.startswith("INSERT") for text in statements) == 5
    for name, answer in seen.items():
        assert answer == seen["nothing"], name


def test_the_page_after_the_form_is_the_same_for_all(petition, visitor):
    seen = observe_all(
        petition, lambda address: visitor.read(visitor.sign(petition, email=address)["Location"])
    )
    for name, answer in seen.items():
        assert answer == seen["nothing"], name


def test_asking_for_a_mail_again_is_answered_alike(petition, visitor):
    seen = observe_all(petition, lambda address: visitor.send("/signature/message/", {"email": address}))
    assert seen["nothing"][0] == 303
    for name, answer in seen.items():
        assert answer == seen["nothing"], name


def test_values_are_masked_and_statements_are_not(petition, visitor):
    """The comparison itself would see one statement more."""
    plain = observe(lambda address: visitor.sign(petition, email=address), "a@example.org")

    def with_a_look(address):
        from petition.models import Signature

        Signature.objects.filter(email_key=email_key(address)).exists()
        return visitor.sign(petition, email=address)

    assert observe(with_a_look, "b@example.org")[3] != plain[3]
