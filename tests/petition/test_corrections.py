"""Corrections of what is signed, as readers see them."""

import re

import pytest
from django.utils.html import escape

from petition.models import PetitionText
from petition.services.texts import add_text, what_is_signed
from tests.factories import PetitionFactory

pytestmark = pytest.mark.django_db
PAGES = {"fr": "/petition/", "en": "/en/petition/"}
NOTE = "Deux lettres interverties dans la première demande."


@pytest.fixture
def petition(campaign_petition):
    return campaign_petition


def correct(petition, language: str = "fr", note: str = NOTE) -> PetitionText:
    text = what_is_signed(petition, language).text
    assert text
    corrected = PetitionText(petition=petition, language=language, note=note)
    corrected.title, corrected.addressee = text.title, text.addressee
    corrected.demands = text.demands + f"\nDemande {text.version + 1}."
    add_text(corrected)
    return corrected


def corrections(html: str) -> str:
    """Return the block below the demands, or nothing."""
    after = html.split('<ol class="demands">')[1]
    return (
        after.split('<details class="corrections">')[1].split("</details>")[0]
        if "corrections" in after
        else ""
    )


def test_a_text_that_was_never_corrected_says_nothing_of_corrections(petition, visitor):
    assert "corrections" not in visitor.read("/petition/").content.decode()


@pytest.mark.parametrize("language", PAGES)
def test_a_correction_stands_below_the_demands_with_its_date_and_note(petition, visitor, language):
    text = correct(petition, language)
    html = visitor.read(PAGES[language]).content.decode()
    assert f"<li>{escape(text.demand_list()[-1])}</li>" in html
    assert escape(NOTE) in corrections(html)
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', corrections(html))
    other = next(path for code, path in PAGES.items() if code != language)
    assert "corrections" not in visitor.read(other).content.decode()


def test_the_newest_correction_comes_first(petition, visitor):
    correct(petition, note="La première.")
    correct(petition, note="La seconde.")
    assert re.findall(
        r"La première|La seconde", corrections(visitor.read("/petition/").content.decode())
    ) == [
        "La seconde",
        "La première",
    ]


def test_the_form_that_is_shown_again_tells_the_corrections_too(petition, visitor):
    correct(petition)
    answer = visitor.send(f"/petitions/{petition.slug}/signature/", {})
    assert answer.status_code == 422
    assert escape(NOTE) in corrections(answer.content.decode())


def test_what_was_mended_before_opening_is_no_correction():
    from petition.services.opening import open_petition

    petition = PetitionFactory()
    correct(petition)
    assert what_is_signed(petition, "fr").corrections == []
    open_petition(petition)
    signed = what_is_signed(petition, "fr")
    assert (signed.text.version, signed.corrections) == (2, [])
    correct(petition)
    assert [text.version for text in what_is_signed(petition, "fr").corrections] == [3]


def test_text_and_corrections_cost_one_statement(petition, django_assert_num_queries):
    correct(petition)
    with django_assert_num_queries(1):
        what_is_signed(petition, "fr")
