"""Names end while somebody confirms, and while staff put the end off: two real connections on PostgreSQL."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import transaction
from django.utils import timezone

from petition.models import Petition
from petition.services import blanking, ending
from petition.services.confirmation import Confirmed, confirm
from petition.services.counting import progress
from petition.services.postponing import postpone
from tests.factories import OpenPetitionFactory, PendingSignatureFactory
from tests.petition.test_opening import in_a_connection_of_its_own, wait_until_a_connection_waits_for_a_lock

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def over():
    """A petition whose names ended yesterday, of which staff were warned."""
    petition, now = OpenPetitionFactory(), timezone.now()
    Petition.objects.filter(pk=petition.pk).update(opened_at=now - timedelta(days=700))
    petition.refresh_from_db()
    day = ending.end_of_names(petition).date().isoformat()
    ending.note_warned(petition.pk, day, ending.LAST_WARNING, now - timedelta(days=20))
    petition.refresh_from_db()
    return petition


def eraser() -> Thread:
    return Thread(target=in_a_connection_of_its_own, args=(lambda: blanking.erase_names(timezone.now()),))


def test_a_name_that_is_being_confirmed_is_waited_for_and_erased_too(over):
    pending = PendingSignatureFactory(petition=over)
    erasing = eraser()
    with transaction.atomic():
        assert confirm(over, pending.uuid, pending.nonce) == Confirmed.NOW
        erasing.start()
        wait_until_a_connection_waits_for_a_lock()
    erasing.join(timeout=60)
    over.refresh_from_db()
    assert over.blanked_at is not None
    assert not ending.waiting_names(over).exists()
    assert progress(over).count == 1


def test_a_postponement_that_is_being_written_down_is_waited_for_and_respected(over):
    pending = PendingSignatureFactory(petition=over)
    confirm(over, pending.uuid, pending.nonce)
    erasing = eraser()
    with transaction.atomic():
        postpone(over, timezone.localdate() + timedelta(days=90), "La remise est reportée.")
        erasing.start()
        wait_until_a_connection_waits_for_a_lock()
    erasing.join(timeout=60)
    over.refresh_from_db()
    assert over.blanked_at is None
    assert ending.waiting_names(over).count() == 1
