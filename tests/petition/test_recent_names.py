"""The latest names: who asked to be shown, and nobody else; gone at once; out of every search."""

import pytest
from django.utils import timezone

from petition.departements import NAMES
from petition.enums import ConsentPurpose, SignatureState
from petition.models import Signature
from petition.places import OVERSEAS
from petition.services.recent import initial_of, place_in_words
from petition.services.withdrawal import withdraw
from petition.services.wording import rendered_words
from petition.sql import add_to_total
from tests.factories import PendingSignatureFactory, PreparedPetitionFactory, SignatureFactory
from tests.people import confirm_path, drain_outbox, words_of

pytestmark = pytest.mark.django_db


def path(petition, prefix: str = "") -> str:
    return f"{prefix}/petitions/{petition.slug}/dernieres-signatures/"


def shown(petition, **values) -> Signature:
    return SignatureFactory.create(petition=petition, is_public=True, **values)


def names_on(visitor, petition) -> str:
    page = words_of(visitor.read(path(petition)))
    return page.split("<ul", 1)[1].split("</ul>")[0] if "latest-names" in page else ""


def test_the_words_of_the_box_name_all_that_is_shown(petition):
    for language, told in (
        ("fr", ("prénom", "initiale", "département ou mon pays")),
        ("en", ("first name",)),
    ):
        sentence = rendered_words(petition, language)[ConsentPurpose.PUBLIC].sentence
        assert all(words in sentence for words in told), sentence


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("Essai", "E"),
        ("É", "É"),
        ("E\u0301ssai", "E\u0301"),
        ("de Essai", "d"),
        ("’t Essai", "t"),
        ("О́льга", "О́"),
        ("حَسَن", "حَ"),
        ("नि", "नि"),
        ("王", "王"),
        ("👩🏽\u200d🚀 Essai", "👩🏽\u200d🚀"),
        ("🇫🇷🇧🇪", "🇫🇷"),
        ("𝒜", "𝒜"),
        ("-", "-"),
    ],
)
def test_the_initial_is_what_people_see_as_the_first_letter(name, initial):
    assert initial_of(name) == initial


def test_every_departement_has_its_name():
    codes = {f"{number:02}" for number in range(1, 96) if number != 20} | {"2A", "2B"} | OVERSEAS
    assert set(NAMES) == codes
    assert all(NAMES.values())


def test_a_place_is_a_departement_or_a_country():
    told = {place: place_in_words(place) for place in ("FR-75", "FR-974", "FR", "BE", "")}
    assert told == {"FR-75": "Paris", "FR-974": "La Réunion", "FR": "France", "BE": "Belgique", "": ""}


def test_first_name_initial_and_place_are_shown_and_no_moment(visitor, petition):
    shown(petition, first_name="Élise", last_name="Essai", place="FR-44")
    names = names_on(visitor, petition)
    assert "<bdi>Élise</bdi> <bdi>E.</bdi></strong>, Loire-Atlantique" in names
    assert "Essai" not in names
    assert str(timezone.localdate().year) not in names
    assert "<time" not in names


def test_ten_are_shown_the_newest_first_and_there_is_no_second_page_and_no_search(visitor, petition):
    for number in range(12):
        shown(petition, first_name=f"Personne-{number:02}")
    page = words_of(visitor.read(path(petition)))
    found = [int(part[:2]) for part in page.split("Personne-")[1:]]
    assert found == list(range(11, 1, -1))
    main = page.split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    assert "?" not in "".join(part.split('"')[0] for part in main.split('href="')[1:])


@pytest.mark.parametrize(
    "values",
    [
        {"is_public": False},
        {"state": SignatureState.HELD},
        {"state": SignatureState.INVALIDATED},
        {"trial": True},
        {"blanked_at": timezone.now()}
        | dict.fromkeys(("first_name", "last_name", "email", "email_key"), None),
    ],
    ids=["without the box", "looked at", "set aside", "trial", "name erased"],
)
def test_nobody_else_is_shown(visitor, petition, values):
    SignatureFactory(**{"petition": petition, "is_public": True, **values})
    PendingSignatureFactory(petition=petition)
    page = words_of(visitor.read(path(petition)))
    assert "latest-names" not in page
    assert "Camille" not in page


def test_of_another_petition_nobody_is_shown(visitor, petition):
    shown(PreparedPetitionFactory(), first_name="Ailleurs")
    assert names_on(visitor, petition) == ""


def test_they_appear_with_the_confirmation_and_are_gone_with_the_withdrawal(visitor, petition, mailbox):
    visitor.sign(petition, agree_public="on")
    drain_outbox()
    assert "Élise" not in names_on(visitor, petition)
    visitor.send(confirm_path(mailbox.messages[-1]))
    assert "Élise" in names_on(visitor, petition)
    withdraw(Signature.objects.get().uuid)
    assert "Élise" not in names_on(visitor, petition)


@pytest.mark.parametrize("change", [{"is_public": False}, {"state": SignatureState.INVALIDATED}])
def test_who_is_hidden_or_set_aside_is_gone_at_once(visitor, petition, change):
    shown(petition, first_name="Élise")
    assert "Élise" in names_on(visitor, petition)
    Signature.objects.update(**change)
    assert "Élise" not in names_on(visitor, petition)


def test_no_engine_may_keep_the_list_and_no_cache_either(visitor, petition):
    answer = visitor.read(path(petition))
    assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in words_of(answer)
    assert answer["Cache-Control"] == "no-store"


def test_text_that_follows_a_name_keeps_its_direction(visitor, petition):
    shown(petition, first_name="חנה", last_name="ניסוי", place="BE")
    assert "<bdi>חנה</bdi> <bdi>נ.</bdi></strong>, Belgique" in names_on(visitor, petition)


def test_the_petition_page_leads_there_once_somebody_has_signed_and_names_nobody_itself(
    visitor, campaign_petition
):
    link = f'href="{path(campaign_petition)}"'
    assert link not in words_of(visitor.read("/petition/"))
    shown(campaign_petition, first_name="Élisabeth-Essai")
    add_to_total(campaign_petition.pk, 0, 1)
    page = words_of(visitor.read("/petition/"))
    assert link in page
    assert "Élisabeth-Essai" not in page


def test_names_stand_on_no_other_public_address(visitor, campaign_petition):
    for public in (True, False):
        SignatureFactory(
            petition=campaign_petition, is_public=public, first_name="Prénom-Essai", last_name="Nom-Essai"
        )
    slug = campaign_petition.slug
    addresses = ["/", "/petition/", "/petition/flux.xml", "/actualites/flux.xml", "/sitemap.xml"]
    addresses += [f"/api/petitions/{slug}/count.json", f"/api/petitions/{slug}/daily.csv"]
    addresses += [f"/petitions/{slug}/comment-nous-comptons/", f"/petitions/{slug}/partager/"]
    for address in addresses:
        page = words_of(visitor.read(address))
        assert "Prénom-Essai" not in page, address
        assert "Nom-Essai" not in page, address
    assert words_of(visitor.read(path(campaign_petition))).count("Prénom-Essai") == 1
    assert "Nom-Essai" not in words_of(visitor.read(path(campaign_petition)))
