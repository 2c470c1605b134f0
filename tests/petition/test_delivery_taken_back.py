"""A delivery that is taken back takes back what it shortened, too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petition import periods
from petition.models import Petition
from petition.services.closing import close_petition
from petition.services.delivering import deliver, take_delivery_back
from petition.services.postponing import postpone
from tests.factories import OpenPetitionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def postponed(db):
    petition = OpenPetitionFactory()
    close_petition(petition)
    until = timezone.localdate() + timedelta(days=360)
    Petition.objects.filter(pk=petition.pk).update(opened_at=timezone.now() - timedelta(days=600))
    petition.refresh_from_db()
    postpone(petition, until, "Essai")
    return petition


def test_names_are_kept_again_as_long_as_staff_had_said(postponed):
    before = Petition.objects.get(pk=postponed.pk).names_kept_until
    deliver(postponed, timezone.localdate())
    delivered = Petition.objects.get(pk=postponed.pk)
    assert delivered.names_kept_until == periods.after_delivery(delivered.delivered_at) < before
    take_delivery_back(postponed)
    assert Petition.objects.get(pk=postponed.pk).names_kept_until == before


def test_what_staff_said_after_delivery_stands(postponed):
    deliver(postponed, timezone.localdate())
    later = timezone.localdate() + timedelta(days=200)
    postpone(Petition.objects.get(pk=postponed.pk), later, "Essai")
    take_delivery_back(postponed)
    assert timezone.localdate(Petition.objects.get(pk=postponed.pk).names_kept_until) == later
