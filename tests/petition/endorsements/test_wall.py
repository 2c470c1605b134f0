"""The wall of organisations: those that staff have published, in a number of their own, and nobody's name."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from petition.enums import EndorsementState
from tests.factories import OpenPetitionFactory
from tests.factories.organisations import EndorsementFactory, PublishedEndorsementFactory
from tests.people import words_of

pytestmark = pytest.mark.django_db


def wall(petition, language: str = "") -> str:
    return f"{language}/petitions/{petition.slug}/organisations/"


def test_an_empty_wall_says_so_and_leads_to_the_form(petition, visitor):
    html = words_of(visitor.read(wall(petition)))
    assert "Aucune organisation ne figure encore ici." in html
    assert f"/petitions/{petition.slug}/organisations/soutenir/" in html
    assert "No organisation is shown here yet." in words_of(visitor.read(wall(petition, "/en")))


def test_it_shows_name_logo_and_site_and_nobody(petition, visitor):
    PublishedEndorsementFactory(
        petition=petition,
        name="<img src=x> L'Essai",
        logo=b"x",
        logo_digest="0" * 32,
        logo_width=480,
        logo_height=90,
    )
    PublishedEndorsementFactory(petition=petition, website="", name="جمعية")
    html = words_of(visitor.read(wall(petition)))
    assert "2 organisations soutiennent cette pétition" in html
    assert "<bdi>&lt;img src=x&gt; L&#x27;Essai</bdi>" in html
    assert 'alt="Logo, &lt;img src=x&gt; L&#x27;Essai" width="480" height="90"' in html
    assert f'src="/organisations/logos/{"0" * 32}.png"' in html
    assert 'href="https://asso.example.org" rel="nofollow noopener ugc"' in html
    assert "<bdi>جمعية</bdi>" in html
    for nobody in ("Camille", "Présidente", "@asso.example.org", "<img src=x>"):
        assert nobody not in html


@pytest.mark.parametrize(
    "state", [EndorsementState.RECEIVED, EndorsementState.CONFIRMED, EndorsementState.REFUSED]
)
def test_only_what_is_published_is_shown_and_counted(petition, visitor, state):
    EndorsementFactory(petition=petition, state=state, name="Invisible")
    PublishedEndorsementFactory(petition=OpenPetitionFactory(), name="Ailleurs")
    html = words_of(visitor.read(wall(petition)))
    assert "Invisible" not in html
    assert "Ailleurs" not in html
    assert "Aucune organisation" in html


def test_one_is_singular_in_french_and_in_english(petition, visitor):
    PublishedEndorsementFactory(petition=petition)
    assert "1 organisation soutient cette pétition" in words_of(visitor.read(wall(petition)))
    assert "1 organisation endorses this petition" in words_of(visitor.read(wall(petition, "/en")))


def test_many_cost_as_many_statements_as_one(petition, visitor):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.read(wall(petition))
        return len(captured)

    PublishedEndorsementFactory(petition=petition)
    visitor.read(wall(petition))
    one = statements()
    PublishedEndorsementFactory.create_batch(3, petition=petition)
    assert statements() == one


def test_an_unknown_petition_has_no_wall(petition, visitor):
    assert visitor.read("/petitions/inconnue/organisations/").status_code == 404


def test_the_database_lets_one_organisation_stand_on_a_wall_once(petition):
    PublishedEndorsementFactory(petition=petition, siren="356000000")
    EndorsementFactory(petition=petition, siren="356000000")
    PublishedEndorsementFactory(petition=OpenPetitionFactory(), siren="356000000")
    PublishedEndorsementFactory.create_batch(2, petition=petition, siren="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedEndorsementFactory(petition=petition, siren="356000000")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"confirmed_at": None},
        {"state": EndorsementState.PUBLISHED, "published_at": None},
    ],
)
def test_the_database_keeps_states_and_moments_true(petition, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        EndorsementFactory(petition=petition, **values)


class TestThePetitionPage:
    def test_with_none_it_invites_and_tells_no_number(self, campaign_petition, visitor):
        html = words_of(visitor.read("/petition/"))
        part = html.split('id="organisations-title"')[1].split("</section>")[0]
        assert "Apporter le soutien de votre organisation" in part
        assert "soutien" not in part.split("<p>")[0]
        assert not any(character.isdigit() for character in part.split("<h2")[-1].split("</h2>")[0])

    def test_it_tells_their_number_apart_from_peoples(self, campaign_petition, visitor):
        PublishedEndorsementFactory.create_batch(2, petition=campaign_petition)
        html = words_of(visitor.read("/petition/"))
        part = html.split('id="organisations-title"')[1].split("</section>")[0]
        assert "2 organisations soutiennent cette pétition" in part
        assert visitor.read(f"/api/petitions/{campaign_petition.slug}/count.json").json()["count"] == 0
