"""Before staff write a delivery down, they read how many signatures are still to be looked at, and get to them."""

import html

import pytest
from django.urls import reverse

from campaign.typography import plain_spaces
from petition.enums import SignatureState
from petition.models import Signature
from petition.services.closing import close_petition
from tests.factories import OpenPetitionFactory, SignatureFactory


@pytest.fixture
def held(petition) -> Signature:
    close_petition(petition)
    return SignatureFactory.create(petition=petition, state=SignatureState.HELD, last_name="Introuvable")


@pytest.fixture
def page(manager, held):
    """Return a function that reads the page about the delivery."""

    def read() -> str:
        address = reverse("petitions:deliver", args=[held.petition_id])
        return plain_spaces(html.unescape(manager.get(address).content.decode()))

    return read


def test_the_page_tells_how_many_and_leads_to_them(page, manager, held):
    SignatureFactory(petition=OpenPetitionFactory(), state=SignatureState.HELD, last_name="Ailleurs")
    list_of_them = reverse("to_look_at:index", query={"petition": held.petition_id})
    assert "1 signature est encore à vérifier" in page()
    assert f'href="{list_of_them}"' in page()
    listed = manager.get(list_of_them).content.decode()
    assert "Introuvable" in listed
    assert "Ailleurs" not in listed
    SignatureFactory(petition=held.petition, state=SignatureState.HELD)
    assert "2 signatures sont encore à vérifier" in page()


def test_neither_another_petitions_nor_trials_are_told(page, held):
    SignatureFactory(petition=OpenPetitionFactory(), state=SignatureState.HELD)
    SignatureFactory(petition=held.petition, state=SignatureState.HELD, trial=True)
    Signature.objects.filter(pk=held.pk).update(state=SignatureState.INVALIDATED)
    assert "Aucune signature n’est encore à vérifier" in page()
