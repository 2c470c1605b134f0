"""A form sent twice, by an impatient hand or over a slow line, is one try and no abuse."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petition.enums import Reason
from petition.models import PendingSignature, UsedProof

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(petition, visitor) -> dict:
    """A well-filled form, shown a minute ago."""
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        return visitor.form_of(petition)


def send(petition, visitor, form: dict, **values) -> None:
    assert visitor.send(f"/petitions/{petition.slug}/signature/", {**form, **values}).status_code == 303


def test_the_same_mailbox_s_second_press_is_no_reason_to_look(petition, visitor, form):
    for typed in ("elise@example.org", "elise@example.org", "Elise+essai@example.org"):
        send(petition, visitor, form, email=typed)
    assert PendingSignature.objects.get().reasons == []
    assert UsedProof.objects.count() == 1


def test_for_another_mailbox_its_answer_is_used_up_also_afterwards(petition, visitor, form):
    send(petition, visitor, form)
    for _ in range(2):
        send(petition, visitor, form, email="autre@example.org")
        assert PendingSignature.objects.order_by("pk").last().reasons == [Reason.PROOF]
    send(petition, visitor, form)
    assert PendingSignature.objects.order_by("pk").first().reasons == []


def test_what_is_kept_of_it_tells_nobody_whose_it_was(petition, visitor, form):
    send(petition, visitor, form)
    kept = UsedProof.objects.get()
    key = PendingSignature.objects.get().email_key
    assert key not in kept.served
    assert key not in kept.fingerprint
