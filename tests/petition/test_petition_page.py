"""The form as a reader meets it, on the CMS page and by itself."""

import re

import pytest
from django.utils.html import escape

from petition.enums import ConsentPurpose, PetitionState
from petition.models import PendingSignature
from tests.people import Form

pytestmark = pytest.mark.django_db
PAGES = {"fr": "/petition/", "en": "/en/petition/"}
OPTIONAL = ("agree_public", "agree_newsletter", "agree_addressee")


@pytest.fixture
def petition(campaign_petition):
    return campaign_petition


@pytest.mark.parametrize("language", PAGES)
def test_the_page_shows_demands_addressee_count_goal_and_form(petition, visitor, language):
    html = visitor.read(PAGES[language]).content.decode()
    text = petition.texts.get(language=language)
    assert len(text.demand_list()) == 2
    demands = html.split('<ol class="demands">')[1].split("</ol>")[0]
    assert re.findall(r"<li>(.*?)</li>", demands) == [escape(demand) for demand in text.demand_list()]
    # The sentences of consent name addressee and organiser as well, so each is looked for in its own place.
    assert escape(text.addressee) in html.split("page-head__kicker")[1].split("</p>")[0]
    assert escape(petition.organiser) in html.split("sign-form__note")[1].split("</p>")[0]
    assert '<strong class="counter__number">0</strong>' in html
    assert str(petition.goal_steps[0]) in html.split("counter__goal")[1].split("</p>")[0]
    assert f'<progress class="counter__bar" max="{petition.goal_steps[0]}" value="0"' in html
    assert Form(html, "sign-form").found
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("language", PAGES)
def test_no_box_is_ticked_and_only_one_is_required(petition, visitor, language):
    html = visitor.read(PAGES[language]).content.decode()
    assert Form(html, "sign-form").checked == set()
    required = re.findall(r'<input class="choice__input"[^>]*name="(\w+)"[^>]* required', html)
    assert required == ["agree_sign"]


def test_optional_boxes_stand_under_their_legend(petition, visitor):
    html = visitor.read("/petition/").content.decode()
    fieldset = html.split("<fieldset>")[1].split("</fieldset>")[0]
    assert "Facultatif\xa0: votre signature compte sans cela" in fieldset
    assert re.findall(r'name="(\w+)"', fieldset) == list(OPTIONAL)


@pytest.mark.parametrize("language", PAGES)
def test_labels_have_eight_words_at_most_and_the_full_sentence_stands_below(petition, visitor, language):
    # Spaces before « : ; ! ? » are put in when a page is shown, never stored.
    html = visitor.read(PAGES[language]).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    boxes = html.split('<div class="choice">')[1:]
    texts = [petition.consent_texts.get(language=language, purpose=purpose) for purpose in ConsentPurpose]
    assert len(boxes) == len(texts) == 4
    for text, box in zip(texts, boxes, strict=True):
        assert len(text.label.split()) <= 8, text.label
        assert len(text.sentence.split()) > 8
        label = box.split('<label class="choice__label"')[1].split("</label>")[0]
        assert escape(text.label) in label
        assert escape(text.sentence) in box.split("</label>")[1].split("</p>")[0]


def test_it_says_that_one_address_signs_once_and_that_no_health_data_are_asked_for(petition, visitor):
    html = visitor.read("/petition/").content.decode()
    assert "Une adresse ne signe qu’une fois" in html
    assert "Aucune donnée de santé" in html
    html = visitor.read("/en/petition/").content.decode()
    assert "One address signs once" in html
    assert "No health data" in html


@pytest.mark.parametrize("path", PAGES.values())
def test_the_form_can_be_posted_to_the_page_itself_as_well(petition, visitor, path):
    form = Form(visitor.read(path).content.decode(), "sign-form")
    sent = visitor.send(path, {**form.values, **visitor.filled, "agree_sign": "on"})
    assert sent.status_code == 303
    assert PendingSignature.objects.count() == 1
    assert visitor.send(path, {**form.values, "email": "x"}).status_code == 422


def test_the_addresss_own_get_leads_to_the_page(petition, visitor):
    assert visitor.read(f"/en/petitions/{petition.slug}/signature/")["Location"].endswith("/en/petition/")
    assert visitor.read("/petitions/unknown/signature/").status_code == 404


@pytest.mark.parametrize(
    ("state", "says"),
    [(PetitionState.PREPARATION, "pas encore ouverte"), (PetitionState.CLOSED, "clôturée")],
)
def test_a_petition_that_takes_no_signatures_shows_why_and_no_form(petition, visitor, state, says):
    petition.state = state
    petition.save()
    html = visitor.read("/petition/").content.decode()
    assert not Form(html, "sign-form").found
    assert says in html


def test_the_count_names_its_moment(petition, visitor):
    answer = visitor.read(f"/api/petitions/{petition.slug}/count.json")
    assert set(answer.json()) == {"petition", "count", "goal", "as_of"}
    assert answer.json()["as_of"].endswith("+00:00")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=10"
    assert visitor.read("/api/petitions/unknown/count.json").status_code == 404


def test_countries_are_the_249_of_iso_3166_with_france_first(visitor):
    from petition.places import countries

    assert len(countries()) == 249
    assert next(iter(countries())) == "FR"
