"""The demo's content: made once, in two languages that answer each other, and never over staff's work."""

import re
from dataclasses import fields

import pytest
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page, Revision, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from campaign.demo import english, french
from campaign.demo.build import SLUG, TREE, build
from campaign.first_pages import english as standing_english
from campaign.first_pages import french as standing_french
from campaign.first_pages.texts import PageText
from campaign.first_pages.writing import NOTE
from home.footnotes import STORED
from home.models import Organisation, PetitionPage
from petition.models import Petition, PetitionText

NAMES = [entry.name for entry in TREE]
MODULES = {"fr": (french, standing_french), "en": (english, standing_english)}
NOT_PLAIN = re.compile("[\u00a0\u202f\u2009\u2007]")  # spaces that typography puts in at render


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The content, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fr"):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(built, db):
    with translation.override("fr"):
        yield


def find(name: str, language: str = "fr"):
    key = next(entry.key for entry in TREE if entry.name == name)
    return Page.objects.get(translation_key=key, locale__language_code=language).specific


def words_of(name: str, language: str) -> PageText:
    return next(getattr(module, name) for module in MODULES[language] if hasattr(module, name))


def flat(said) -> list[str]:
    """Return all that a block says, however it is nested."""
    if isinstance(said, str):
        return [said]
    parts = said.values() if isinstance(said, dict) else said if isinstance(said, (list, tuple)) else ()
    return [words for part in parts for words in flat(part)]


def strings(text: PageText) -> list[str]:
    plain = [
        getattr(text, field.name) for field in fields(text) if field.name in ("title", "search_description")
    ]
    return [*plain, *text.fields.values(), *(words for _kind, said in text.body for words in flat(said))]


def test_each_page_is_live_in_both_languages():
    for name in NAMES:
        for language in ("fr", "en"):
            assert find(name, language).live
    assert Page.objects.filter(depth__gt=1).count() == 2 * len(TREE)


def test_the_welcome_page_is_gone_and_the_site_is_ours(settings):
    site = Site.objects.get()
    assert site.root_page.specific == find("HOME")
    assert (site.hostname, site.port) == ("testserver", 80)


def test_a_second_run_adds_and_changes_nothing():
    def state():
        rows = Page.objects.order_by("pk").values_list(
            "pk", "title", "latest_revision_id", "last_published_at"
        )
        counts = [
            model.objects.count()
            for model in (Revision, Translation, PetitionText, Petition, Locale, Organisation)
        ]
        return list(rows), counts

    before = state()
    build()
    assert state() == before


def test_a_second_run_keeps_what_staff_edited():
    page = find("NEWS_ORDER")
    page.title, page.slug = "Un autre titre", "un-autre-titre"
    page.save_revision().publish()
    find("NEWS_RELEASE", "en").unpublish()
    Organisation.objects.update(name="Un autre nom")
    build()
    assert find("NEWS_ORDER").title == "Un autre titre"
    assert not find("NEWS_RELEASE", "en").live
    assert Organisation.current().name == "Un autre nom"


def test_a_second_run_makes_what_is_missing_alone():
    find("POSITION_PAPER", "en").delete()
    before = find("POSITION_PAPER").latest_revision_id
    build()
    assert find("POSITION_PAPER", "en").title == english.POSITION_PAPER.title
    assert find("POSITION_PAPER").latest_revision_id == before


def test_a_new_address_of_the_site_is_taken_over(settings):
    settings.SITE_URL = "https://petition.example.org"
    build()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("petition.example.org", 443)


def test_english_pages_are_translations_with_every_sentence_translated():
    for name in NAMES:
        kept = Translation.objects.get(source__object_id=find(name).translation_key)
        done, total = kept.get_progress()
        assert total
        assert done == total
        assert find(name, "en").alias_of is None


def test_english_pages_say_the_english_words_at_their_english_addresses():
    for name in NAMES:
        page, words = find(name, "en"), words_of(name, "en")
        assert (page.title, page.slug, page.search_description) == (
            words.title,
            words.slug,
            words.search_description,
        )
        for field, value in words.fields.items():
            assert getattr(page, field) == value
        shown = [block.get_prep_value() for block in getattr(page, "body", [])]
        assert [block["type"] for block in shown] == [kind for kind, _said in words.body]
        said = re.sub(r' data-block-key="\w+"', "", " ".join(flat([block["value"] for block in shown])))
        said = STORED.sub("", said)
        for _kind, expected in words.body:
            for sentence in flat(expected):
                assert NOTE.sub("", sentence) in said


def test_french_and_english_have_the_same_structure():
    for name in NAMES:
        pair = [words_of(name, language) for language in ("fr", "en")]
        kinds = [[kind for kind, _words in text.body] for text in pair]
        assert kinds[0] == kinds[1]
        assert list(pair[0].fields) == list(pair[1].fields)
    assert len(french.PETITION.demands) == len(english.PETITION.demands) == 2


def test_texts_have_plain_spaces_and_typographic_apostrophes():
    for language in ("fr", "en"):
        for name in NAMES:
            for text in strings(words_of(name, language)):
                assert not NOT_PLAIN.search(text), text
                assert "'" not in text
    for name in NAMES:
        for text in strings(words_of(name, "fr")):
            assert not re.search(r"\w[:;!?]\s|«\S|\S»", text), text


def test_what_the_brief_does_not_say_is_a_marked_placeholder():
    words = " ".join(text for name in NAMES for text in strings(words_of(name, "fr")))
    assert "[À compléter : " in words
    assert not re.search(r"\d{2}([ .]\d{2}){4}|@", words)


def test_no_french_sentence_is_left_in_a_translation():
    english_locale = Locale.objects.get(language_code="en")
    same = [
        translation.data
        for translation in StringTranslation.objects.filter(locale=english_locale).select_related(
            "translation_of"
        )
        if translation.data == translation.translation_of.data
    ]
    # A name of a town and two addresses are the same word in both languages.
    assert set(same) <= {"Paris", "petition", "cookies"}
    assert StringSegment.objects.exists()


def test_the_petition_has_its_texts_and_both_pages(built):
    petition = Petition.objects.get(slug=SLUG)
    assert {text.language: text.demand_list() for text in petition.texts.all()} == {
        "fr": list(french.PETITION.demands),
        "en": list(english.PETITION.demands),
    }
    assert PetitionPage.objects.filter(petition=petition).count() == 2
