"""Where somebody signs from: a département in France, a country elsewhere, and nothing finer."""

import pytest
from django.utils import translation

from petition import places
from petition.models import PendingSignature

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("postcode", "code"),
    [
        ("75011", "75"),
        ("01000", "01"),
        ("95880", "95"),
        ("94390", "91"),
        ("97133", "977"),
        ("97150", "978"),
        ("98799", "989"),
        ("20000", "2A"),
        ("20169", "2A"),
        ("20200", "2B"),
        ("20600", "2B"),
        ("97110", "971"),
        ("97200", "972"),
        ("97300", "973"),
        ("97400", "974"),
        ("97500", "975"),
        ("97600", "976"),
        ("98600", "986"),
        ("98714", "987"),
        ("98800", "988"),
    ],
)
def test_a_postcode_leads_to_its_departement(petition, visitor, postcode, code):
    assert visitor.sign(petition, postcode=postcode).status_code == 303
    assert PendingSignature.objects.get().place == f"FR-{code}"


@pytest.mark.parametrize(
    "postcode",
    ["00000", "99999", "96000", "96100", "97000", "97900", "98000", "7501", "750111", "٧٥٠١١", "2A004"],
)
def test_what_is_no_postcode_is_refused_in_words(petition, visitor, postcode):
    response = visitor.sign(petition, postcode=postcode)
    assert response.status_code == 422
    assert "cinq chiffres" in response.content.decode().split('id="id_postcode_error"')[1].split("</p>")[0]
    assert not PendingSignature.objects.exists()


def test_spaces_in_a_postcode_do_not_matter(petition, visitor):
    assert visitor.sign(petition, postcode=" 75 011 ").status_code == 303
    assert PendingSignature.objects.get().place == "FR-75"


@pytest.mark.parametrize("postcode", ["", "1000", "SW1A 1AA", "x" * 100, "A\x00"])
def test_elsewhere_any_postcode_is_taken_and_none_is_kept(petition, visitor, postcode):
    assert visitor.sign(petition, country="BE", postcode=postcode).status_code == 303
    assert PendingSignature.objects.get().place == "BE"


def test_the_label_says_that_it_is_optional_and_french(petition, visitor):
    assert "Code postal (facultatif, France)" in visitor.sign(petition, first_name="").content.decode()


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("fr", ["France", "Afghanistan", "Éthiopie", "Fidji", "Île de Man", "Inde", "Zimbabwe"]),
        ("en", ["France", "Afghanistan", "Åland Islands", "Albania", "Côte d’Ivoire", "Croatia", "Zimbabwe"]),
    ],
)
def test_countries_have_their_names_and_order_in_each_language(language, in_order):
    with translation.override(language):
        names = list(places.countries().values())
    places_of = [names.index(name) for name in in_order]
    assert places_of == sorted(places_of)
    assert len(names) == 249
