"""Delivering and confirming at the same instant, by two connections: the count that was delivered is the count."""

from threading import Thread

import pytest
from django.db import transaction
from django.utils import timezone

from petition.enums import PetitionState
from petition.models import PendingSignature, Petition
from petition.services.closing import close_petition
from petition.services.confirmation import Confirmed, confirm
from petition.services.counting import progress
from petition.services.delivering import deliver
from tests.factories import OpenPetitionFactory, PendingSignatureFactory
from tests.petition.test_opening import in_a_connection_of_its_own, wait_until_a_connection_waits_for_a_lock

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def closed():
    petition = OpenPetitionFactory()
    close_petition(petition)
    return petition


def test_delivering_waits_for_whoever_confirms_and_counts_them(closed):
    pending = PendingSignatureFactory(petition=closed)
    counts = []

    def hand_over():
        assert deliver(closed, timezone.localdate())
        counts.append(progress(closed).count)

    deliverer = Thread(target=in_a_connection_of_its_own, args=(hand_over,))
    with transaction.atomic():
        assert confirm(closed, pending.uuid, pending.nonce) == Confirmed.NOW
        deliverer.start()
        wait_until_a_connection_waits_for_a_lock()
    deliverer.join(timeout=60)
    assert counts == [1]


def test_whoever_confirms_while_it_is_delivered_waits_and_is_not_counted(closed):
    pending = PendingSignatureFactory(petition=closed)
    stale, answers = Petition.objects.get(pk=closed.pk), []

    def press():
        answers.append(confirm(stale, pending.uuid, pending.nonce))

    presser = Thread(target=in_a_connection_of_its_own, args=(press,))
    with transaction.atomic():
        assert deliver(closed, timezone.localdate())
        presser.start()
        wait_until_a_connection_waits_for_a_lock()
    presser.join(timeout=60)
    assert answers == [Confirmed.NOTHING]
    assert progress(closed).count == 0
    assert Petition.objects.get(pk=closed.pk).state == PetitionState.DELIVERED
    assert PendingSignature.objects.filter(pk=pending.pk).exists(), "its page says that it came too late"
