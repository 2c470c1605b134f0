"""The page about a petition: what it shows, and that it can't go live where there is nothing to sign."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail_localize.models import TranslationSource

from home.models import PetitionPage
from home.models.petition_page import NO_TEXT
from petition.enums import PetitionState
from petition.models import Petition, PetitionText
from tests.home.edit_forms import edit_address, edit_form


@pytest.fixture
def french_only(petition):
    """A second petition, which has no English text."""
    made = Petition.objects.create(
        slug="autre",
        organiser=petition.organiser,
        sender_name=petition.sender_name,
        sender_address=petition.sender_address,
        reply_to=petition.reply_to,
    )
    PetitionText.objects.create(
        petition=made,
        language="fr",
        title="Une autre demande",
        demands="Une demande.",
        addressee="le gouvernement",
    )
    return made


@pytest.fixture
def english_draft(page, french_only):
    """A draft under the English home page, about the petition that has no English text."""
    draft = PetitionPage(title="Another request", slug="another", intro="…", petition=french_only, live=False)
    page("HOME", "en").add_child(instance=draft)
    draft.save_revision()
    return draft


def told(answer) -> str:
    """Return what the admin says at the top of the page, as staff read it."""
    return html.unescape(" ".join(str(message) for message in answer.context["messages"]))


def test_it_shows_demands_addressee_and_form_before_the_arguments(client, petition):
    for address, language in (("/petition/", "fr"), ("/en/petition/", "en")):
        shown = client.get(address).content.decode()
        text = petition.texts.get(language=language)
        for words in (text.title, text.addressee, *text.demand_list()):
            assert words in shown
        assert shown.count('id="sign-form"') == 1
        assert shown.index('id="sign-form"') < shown.index('class="prose"')


def test_a_form_sent_to_the_page_is_answered_by_the_petition(client):
    for address in ("/petition/", "/en/petition/"):
        assert client.post(address, {}).status_code == 422


def test_deleting_the_petition_of_a_page_is_refused(petition):
    with pytest.raises(ProtectedError):
        petition.delete()


def test_without_a_text_in_its_language_it_is_not_published_by_any_way(english_draft):
    with pytest.raises(ValidationError) as refusal:
        english_draft.get_latest_revision().publish()
    assert refusal.value.message_dict == {"petition": [str(NO_TEXT)]}
    english_draft.refresh_from_db()
    assert not english_draft.live


def test_the_editor_is_told_why_in_words_and_may_keep_the_draft(staff_client, english_draft, page):
    address, form = edit_address(english_draft), edit_form(staff_client, english_draft)
    form["title"] = "A better title"

    saved = staff_client.post(address, form)
    assert saved.status_code == 302

    form["action-publish"] = "action-publish"
    refused = staff_client.post(address, form)
    assert str(NO_TEXT) in refused.context["form"].errors["petition"]
    english_draft.refresh_from_db()
    assert not english_draft.live
    assert english_draft.get_latest_revision_as_object().title == "A better title"


def test_with_a_text_the_editor_publishes(staff_client, english_draft, french_only):
    PetitionText.objects.create(
        petition=french_only,
        language="en",
        title="Another",
        demands="One demand.",
        addressee="the government",
    )
    address, form = edit_address(english_draft), edit_form(staff_client, english_draft)
    form["action-publish"] = "action-publish"
    assert staff_client.post(address, form).status_code == 302
    english_draft.refresh_from_db()
    assert english_draft.live


def test_publishing_a_translation_is_refused_in_the_same_words(staff_client, page, french_only):
    translated = page("PETITION_PAGE", "en")
    translated.unpublish()
    source = page("PETITION_PAGE")
    source.petition = french_only
    source.save_revision().publish()
    TranslationSource.update_or_create_from_instance(source)

    answer = staff_client.post(edit_address(translated), {"action": "publish"}, follow=True)
    assert str(NO_TEXT) in told(answer)
    translated.refresh_from_db()
    assert not translated.live


def test_publishing_many_at_once_publishes_none_and_says_why(staff_client, page, english_draft):
    other = page("NEWS_ORDER", "en")
    other.unpublish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = f"?id={english_draft.pk}&id={other.pk}&next=/admin/"
    answer = staff_client.post(address + query, {"include_descendants": ""}, follow=True)
    assert str(NO_TEXT) in told(answer)
    other.refresh_from_db()
    english_draft.refresh_from_db()
    assert (other.live, english_draft.live) == (False, False)


def test_publishing_a_page_with_all_below_it_is_refused_too(staff_client, page, english_draft):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = f"?id={page('HOME', 'en').pk}&next=/admin/"
    answer = staff_client.post(address + query, {"include_descendants": "on"}, follow=True)
    assert str(NO_TEXT) in told(answer)
    english_draft.refresh_from_db()
    assert not english_draft.live


@pytest.mark.parametrize("state", [state for state in PetitionState if state != PetitionState.OPEN])
def test_no_button_asks_to_sign_where_there_is_no_form(client, petition, state):
    for address in ("/petition/", "/"):
        before = client.get(address).content.decode()
        assert ("#sign-form" in before) == (address == "/petition/")
        assert ("/petition/#sign-title" in before) == (address == "/")
    Petition.objects.filter(pk=petition.pk).update(state=state)
    for address in ("/petition/", "/en/petition/", "/", "/en/"):
        shown = client.get(address).content.decode()
        assert "sign-form" not in shown
        for words in ("Sign the petition", "Signer la pétition", "signer la pétition", "sign the petition"):
            assert words not in shown.split("<main")[1].split('class="prose"')[0], (address, words)
    assert "Lire la pétition" in client.get("/").content.decode()


AFTER = "La suite : une réunion d’essai."


@pytest.mark.parametrize("state", list(PetitionState))
def test_what_staff_write_for_after_the_closing_shows_then_and_not_before(client, page, petition, state):
    about = page("PETITION_PAGE")
    about.after_closing = f"<p>{AFTER}</p>"
    about.save_revision().publish()
    Petition.objects.filter(pk=petition.pk).update(state=state)
    shown = html.unescape(client.get("/petition/").content.decode()).replace("\xa0", " ")
    over = state not in {PetitionState.PREPARATION, PetitionState.OPEN}
    assert (AFTER in shown) == over
    assert ("<h2>La suite</h2>" in shown) == over
    assert ("Clôturée : voir le résultat" in shown) == over


def test_without_such_words_a_closed_page_has_no_empty_heading(client, petition):
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.CLOSED)
    assert "<h2>La suite</h2>" not in client.get("/petition/").content.decode()


def test_such_words_are_a_passage_to_translate_like_the_others(page):
    about = page("PETITION_PAGE")
    about.after_closing = f"<p>{AFTER}</p>"
    about.save_revision().publish()
    source, _made = TranslationSource.update_or_create_from_instance(about)
    paths = {segment.context.path: segment.string.data for segment in source.stringsegment_set.all()}
    assert paths["after_closing"] == AFTER


def test_the_way_on_from_a_closed_page_leads_home_where_there_are_no_news(client, page, petition):
    Petition.objects.filter(pk=petition.pk).update(state=PetitionState.CLOSED)
    page("NEWS_INDEX").unpublish()
    panel = client.get("/petition/").content.decode().split("<aside")[-1].split("</aside>")[0]
    assert 'href="/"' in panel
