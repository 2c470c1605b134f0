"""Staff write down the mail domains whose signatures wait until somebody has looked."""

import pytest
from django.urls import reverse

from petition.enums import Reason
from petition.models import PendingSignature, Petition
from tests.people import words_of

pytestmark = pytest.mark.django_db


def test_the_domains_that_staff_write_down_are_looked_at_from_then_on(manager, petition, visitor):
    visitor.sign(petition, email="avant@exemple.fr")
    address = reverse("petitions:edit", args=[petition.pk])
    assert 'name="watched_domains"' in words_of(manager.get(address))
    fields = ("slug", "organiser", "sender_name", "sender_address", "reply_to")
    data = {name: getattr(petition, name) for name in fields}
    data |= {"goal_steps": "10, 100, 1 000", "opens_at": "", "closes_at": ""}
    saved = manager.post(address, {**data, "watched_domains": "Exemple.FR\n"})
    assert saved.status_code == 302
    assert Petition.objects.get().watched_domains.strip() == "Exemple.FR"
    visitor.sign(petition, email="apres@poste.exemple.fr")
    assert Reason.MATCHED in PendingSignature.objects.get(email="apres@poste.exemple.fr").reasons
    assert Reason.MATCHED not in PendingSignature.objects.get(email="avant@exemple.fr").reasons
