"""Words of another language are marked by editors, kept, shown with their language, and hinder no translation."""

import html
import json

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.rich_text import features as registered
from wagtail_localize.models import StringTranslation, TranslationSource

from home.blocks import TEXT_FEATURES
from tests.home.edit_forms import edit_address, edit_form

MARKED = '<p data-block-key="abcde">Le <i lang="en">CLOUD Act</i> et : ceci.</p>'


@pytest.fixture
def news(page):
    made = page("NEWS_ORDER")
    made.body = json.dumps([{"type": "paragraph", "value": MARKED, "id": "6a7b"}])
    made.save_revision().publish()
    return made


def test_the_editor_offers_a_button_for_each_language_in_french(staff_client, news):
    shown = html.unescape(staff_client.get(edit_address(news)).content.decode())
    assert "Mots en anglais" in shown
    assert r"Mots en fran\u00e7ais" in shown  # the editor's script reads it as JSON


def test_what_is_marked_is_kept_by_the_editor_and_shown_with_its_language(client, staff_client, page, news):
    form = edit_form(staff_client, news)
    assert '"LANG_EN"' in next(
        value for name, value in form.items() if name.endswith("-value") and "Act" in value
    )
    form["action-publish"] = "action-publish"
    assert staff_client.post(edit_address(news), form).status_code == 302
    assert '<i lang="en">CLOUD Act</i>' in page("NEWS_ORDER").body[0].value.source
    assert '<i lang="en">CLOUD Act</i>' in client.get(news.url).content.decode()


def test_a_page_with_marked_words_is_brought_up_to_date_and_translated(
    client, staff_client, news, django_capture_on_commit_callbacks
):
    kept = TranslationSource.objects.get_for_instance(news)
    address = reverse("wagtail_localize:update_translations", args=[kept.pk])
    assert "CLOUD Act" in staff_client.get(address).content.decode()
    assert staff_client.post(address).status_code == 302
    english = Locale.objects.get(language_code="en")
    for segment in kept.stringsegment_set.exclude(context__path="slug"):
        words = "The <i>CLOUD Act</i>, and this." if "CLOUD" in segment.string.data else "Words"
        StringTranslation.objects.update_or_create(
            translation_of=segment.string, context=segment.context, locale=english, defaults={"data": words}
        )
    translated = Page.objects.get(translation_key=news.translation_key, locale=english)
    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(edit_address(translated), {"action": "publish"})
    shown = client.get(translated.url).content.decode()
    assert "The <i>CLOUD Act</i>, and this." in shown


def test_every_running_text_offers_it():
    assert {"words-in-english", "words-in-french"} <= set(TEXT_FEATURES)
    for name in TEXT_FEATURES:
        assert registered.get_editor_plugin("draftail", name), name
