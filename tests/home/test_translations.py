"""French words never go live under /en/, by whichever way a translation would be published."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home.models import NewsPage, StandardPage
from tests.home.edit_forms import edit_address

FRENCH = "Une phrase que personne n’a traduite"
NOTHING_PUBLISHED = "Rien n’a été publié"


@pytest.fixture
def news(page):
    """A piece of news that is live in French and has no English page."""
    made = NewsPage(title="Une nouvelle", slug="une-nouvelle", summary=FRENCH, date="2026-11-20")
    page("NEWS_INDEX").add_child(instance=made)
    made.save_revision().publish()
    return made


@pytest.fixture
def publishing(django_capture_on_commit_callbacks):
    """What a request does once its transaction has ended, which in tests it never does by itself."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def english(source) -> Page:
    return Page.objects.get(translation_key=source.translation_key, locale__language_code="en").specific


def translate(staff_client, source, **form):
    address = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    locale = Locale.objects.get(language_code="en")
    return staff_client.post(address, {"locales": locale.pk, **form}, follow=True)


def put_into_english(source) -> None:
    """Translate every passage, as the side-by-side editor stores them one by one."""
    kept = TranslationSource.objects.get_for_instance(source)
    for segment in kept.stringsegment_set.all():
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=Locale.objects.get(language_code="en"),
            defaults={"data": f"Words for {segment.context.path}"},
        )


def change(source, summary: str) -> None:
    source.summary = summary
    source.save_revision().publish()


def pass_on(staff_client, source, **form):
    kept = TranslationSource.objects.get_for_instance(source)
    return staff_client.post(
        reverse("wagtail_localize:update_translations", args=[kept.pk]), form, follow=True
    )


def told(answer) -> str:
    return html.unescape(" ".join(str(message) for message in answer.context["messages"]))


def seen(client, source) -> str:
    """Return all that a reader can see in English of a page and of the list that it stands in."""
    shown = [client.get(address).content.decode() for address in (english(source).url, "/en/news/", "/en/")]
    return html.unescape("".join(shown))


def test_a_page_that_is_translated_for_the_first_time_waits_for_its_words(
    staff_client, client, news, publishing
):
    with publishing():
        answer = translate(staff_client, news)
    assert not english(news).live
    assert "La page reste non publiée jusque-là." in told(answer)
    assert FRENCH not in seen(client, news)
    put_into_english(news)
    with publishing():
        staff_client.post(edit_address(english(news)), {"action": "publish"})
    assert english(news).live
    assert "Words for summary" in seen(client, news)


def test_a_page_that_is_translated_with_all_below_it_leaves_what_is_below_in_its_words(
    staff_client, client, page, publishing
):
    parent, child = (StandardPage(title=title, slug=title.lower()) for title in ("Parent", "Enfant"))
    page("HOME").add_child(instance=parent)
    parent.add_child(instance=child)
    for made in (parent, child):
        made.save_revision().publish()
    with publishing():
        translate(staff_client, child)
    put_into_english(child)
    with publishing():
        staff_client.post(edit_address(english(child)), {"action": "publish"})
    child.intro = FRENCH
    child.save_revision().publish()
    TranslationSource.update_or_create_from_instance(child)
    with publishing():
        translate(staff_client, parent, include_subtree="on")
    shown = html.unescape(client.get(english(child).url).content.decode())
    assert "Words for title" in shown
    assert FRENCH not in shown


def test_a_parent_that_nobody_translated_is_not_shown_in_english(staff_client, client, page, publishing):
    parent = StandardPage(title=FRENCH, slug="parent")
    page("HOME").add_child(instance=parent)
    child = StandardPage(title="Enfant", slug="enfant")
    parent.add_child(instance=child)
    for made in (parent, child):
        made.save_revision().publish()
    with publishing():
        translate(staff_client, child)
    assert english(parent).live  # Wagtail's copy, which follows the French page
    put_into_english(child)
    with publishing():
        staff_client.post(edit_address(english(child)), {"action": "publish"})
    assert client.get(english(parent).url).status_code == 404
    for address in (english(child).url, "/en/", "/sitemap.xml"):
        shown = client.get(address)
        assert shown.status_code == 200
        assert FRENCH not in html.unescape(shown.content.decode())
        assert f"http://testserver{english(parent).url}<" not in shown.content.decode()


def test_a_copy_that_follows_its_french_page_is_taken_down_when_it_is_translated(
    staff_client, client, page, publishing
):
    followed = page("LEGAL", "en")
    Translation.objects.filter(source__object_id=followed.translation_key).delete()
    Page.objects.filter(pk=followed.pk).update(alias_of=page("LEGAL"))
    StringTranslation.objects.all().delete()
    with publishing():
        translate(staff_client, page("LEGAL"))
    copy = english(page("LEGAL"))
    assert copy.alias_of_id is None
    assert client.get(copy.url).status_code == 404
    assert copy.url not in client.get("/sitemap.xml").content.decode()


def test_changes_that_are_passed_on_at_once_leave_the_english_page_as_it_was(
    staff_client, client, page, publishing
):
    source, before = page("NEWS_ORDER"), page("NEWS_ORDER", "en").summary
    change(source, FRENCH)
    with publishing():
        answer = pass_on(staff_client, source, publish_translations="on")
    assert FRENCH not in seen(client, source)
    assert before in seen(client, source)
    assert english(source).live
    assert "Les lecteurs voient la dernière version publiée." in told(answer)


def test_changes_without_a_new_word_are_passed_on_and_published_at_once(staff_client, page, publishing):
    source = page("NEWS_ORDER")
    source.date = "2026-11-24"
    source.save_revision().publish()
    with publishing():
        answer = pass_on(staff_client, source, publish_translations="on")
    assert english(source).date.isoformat() == "2026-11-24"
    assert "dernière version publiée" not in told(answer)


def test_the_side_by_side_editor_publishes_nothing_while_a_passage_is_missing(
    staff_client, client, page, publishing
):
    source = page("NEWS_ORDER")
    change(source, FRENCH)
    pass_on(staff_client, source)
    with publishing():
        answer = staff_client.post(edit_address(english(source)), {"action": "publish"}, follow=True)
    assert NOTHING_PUBLISHED in told(answer)
    assert "1 passage sur" in told(answer)
    assert FRENCH not in seen(client, source)
    put_into_english(source)
    with publishing():
        staff_client.post(edit_address(english(source)), {"action": "publish"})
    assert "Words for summary" in seen(client, source)


@pytest.mark.parametrize("translated_since", [False, True])
def test_the_draft_of_a_translation_is_not_published_from_the_list(
    staff_client, client, news, publishing, translated_since
):
    with publishing():
        translate(staff_client, news)
    if translated_since:
        put_into_english(news)  # and the draft still holds the French words
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for chosen, below in ((english(news), ""), (english(news).get_parent(), "on")):
        with publishing():
            answer = staff_client.post(
                f"{address}?id={chosen.pk}&next=/admin/", {"include_descendants": below}, follow=True
            )
        assert NOTHING_PUBLISHED in told(answer)
        assert FRENCH not in seen(client, news)
    with pytest.raises(ValidationError):
        english(news).get_latest_revision().publish()
    assert not english(news).live


def test_a_page_whose_translation_was_ended_is_published_freely(staff_client, news, publishing):
    with publishing():
        translate(staff_client, news)
    Translation.objects.filter(source__object_id=news.translation_key).update(enabled=False)
    english(news).get_latest_revision().publish()
    assert english(news).live


def test_the_side_by_side_editor_writes_dates_that_are_read_in_any_language(staff_client, page):
    shown = html.unescape(staff_client.get(edit_address(page("NEWS_ORDER", "en"))).content.decode())
    today = timezone.now()
    assert f"{today:%d/%m/%Y}" in shown
    assert f"{today:%B %Y}" not in shown


def test_no_entry_of_the_help_leads_to_another_site(staff_client):
    home = html.unescape(staff_client.get(reverse("wagtailadmin_home")).content.decode())
    assert "Raccourcis" in home
    assert "guide.wagtail.org" not in home
    assert "docs.wagtail.org" not in home
