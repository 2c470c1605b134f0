"""An embargo: nobody reads a release before its minute, everybody from then on, in every language."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail_localize.models import StringTranslation, TranslationSource

from campaign.typography import plain_spaces
from home.models import MadeFile, MadeKind, PressReleasePage
from tests.home.edit_forms import edit_address, edit_form

# After whatever the site's content was written at.
NOW = datetime(2099, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = datetime(2099, 3, 3, 5, 0, tzinfo=UTC)  # 6 h in Paris, in winter
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def release(page, clock):
    """A release that nobody has read yet: a draft, in French, with its English version."""
    for language in ("fr", "en"):
        found = page("PRESS_RELEASE", language)
        found.unpublish()
        PressReleasePage.objects.filter(pk=found.pk).update(contact="")
    return page("PRESS_RELEASE")


@pytest.fixture
def desk(release, staff_client, editor):
    """The editor's browser, logged in at the clock's time."""
    staff_client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return staff_client


def embargoed(release: PressReleasePage, until=MINUTE, **changes) -> PressReleasePage:
    """Publish the release under embargo, as a program does."""
    release = PressReleasePage.objects.get(pk=release.pk)
    release.embargo_until = until
    for name, value in changes.items():
        setattr(release, name, value)
    release.save_revision().publish()
    return PressReleasePage.objects.get(pk=release.pk)


def publish_scheduled() -> None:
    call_command("publish_scheduled")


def test_a_release_published_under_embargo_is_scheduled_and_not_live(release):
    release = embargoed(release)
    assert (release.live, release.go_live_at) == (False, MINUTE)
    assert release.scheduled_revision.approved_go_live_at == MINUTE


def test_it_goes_live_when_its_minute_has_come_and_not_before(client, release, clock):
    release = embargoed(release)
    clock.move_to(MINUTE - SECOND)
    publish_scheduled()
    assert client.get(release.url).status_code == 404
    clock.move_to(MINUTE + SECOND)
    publish_scheduled()
    assert client.get(release.url).status_code == 200


def test_a_worker_that_starts_late_publishes_late(client, release, clock):
    release = embargoed(release)
    clock.move_to(MINUTE + timedelta(minutes=40))
    assert client.get(release.url).status_code == 404
    publish_scheduled()
    assert client.get(release.url).status_code == 200


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2099-03-10 06:00", datetime(2099, 3, 10, 5, 0, tzinfo=UTC)),
        ("2099-07-14 06:00", datetime(2099, 7, 14, 4, 0, tzinfo=UTC)),
    ],
)
def test_editors_give_the_time_of_paris_in_winter_and_in_summer(desk, release, typed, moment):
    answer = desk.get(edit_address(release)).content.decode()
    assert "heure de paris" in answer.lower()
    form = edit_form(desk, release)
    form.update({"embargo_until": typed, "action-publish": "1"})
    assert desk.post(edit_address(release), form).status_code == 302
    release.refresh_from_db()
    assert (release.live, release.embargo_until, release.go_live_at) == (False, moment, moment)
    assert release.scheduled_revision.approved_go_live_at == moment


def sent(desk, release, **values) -> str:
    """Send the editor's form with changes; return the page that it answers."""
    form = edit_form(desk, release)
    form.update({"action-publish": "1", **values})
    answer = desk.post(edit_address(release), form)
    assert answer.status_code == 200, "the form was taken"
    return answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_embargo_on_a_release_that_is_public_in_any_language_is_refused_beside_the_field(
    desk, page, release, language
):
    public = page("PRESS_RELEASE", language)
    PressReleasePage.objects.filter(pk=public.pk).update(live=True)
    html = sent(desk, page("PRESS_RELEASE"), embargo_until="2099-03-10 06:00")
    assert "déjà public" in html
    with pytest.raises(ValidationError, match="déjà public"):
        embargoed(release)


def test_an_embargo_that_is_over_before_it_begins_is_refused_beside_the_field(desk, release):
    assert "Ce moment est passé" in sent(desk, release, embargo_until="2025-11-25 06:00")


def test_a_release_that_would_be_taken_down_before_its_embargo_ends_is_refused(desk, release):
    html = sent(desk, release, embargo_until="2099-03-10 06:00", expire_at="2099-03-09 06:00")
    assert "avant que quiconque" in html


def test_an_embargo_that_is_moved_takes_the_schedule_along(release):
    release = embargoed(embargoed(release), MINUTE + timedelta(days=2))
    assert release.go_live_at == MINUTE + timedelta(days=2)
    release = embargoed(release, MINUTE - timedelta(hours=3))
    assert release.go_live_at == release.scheduled_revision.approved_go_live_at == MINUTE - timedelta(hours=3)


def test_an_embargo_that_is_lifted_publishes_at_once(release):
    release = embargoed(embargoed(release), None)
    assert (release.live, release.go_live_at) == (True, None)


def test_a_later_schedule_of_the_editors_own_stands(release):
    release = embargoed(release, go_live_at=MINUTE + timedelta(hours=4))
    assert release.scheduled_revision.approved_go_live_at == MINUTE + timedelta(hours=4)


def test_an_earlier_schedule_of_the_editors_own_waits_for_the_embargo(release):
    release = embargoed(release, go_live_at=MINUTE - timedelta(hours=4))
    assert release.scheduled_revision.approved_go_live_at == MINUTE


def test_an_old_version_without_the_embargo_can_be_published_once_the_embargo_is_over_alone(release, clock):
    older = release.save_revision()
    release = embargoed(release)
    assert older.created_at <= release.latest_revision.created_at
    release.revisions.filter(pk=release.latest_revision_id).update(created_at=MINUTE)
    bulk = PressReleasePage.objects.get(pk=release.pk).get_latest_revision()
    bulk.publish()
    assert not PressReleasePage.objects.get(pk=release.pk).live


def in_english(release) -> PressReleasePage:
    return PressReleasePage.objects.get(translation_key=release.translation_key, locale__language_code="en")


def translate(release) -> None:
    """Pass the release's changes on to its translation and publish that, as the side-by-side editor does."""
    source, _made = TranslationSource.update_or_create_from_instance(release)
    for translation in source.translations.all():
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                defaults={"data": "Test"},
            )
        translation.save_target(publish=True)


def test_a_translation_that_is_published_waits_for_the_same_minute(
    client, release, clock, django_capture_on_commit_callbacks
):
    release = embargoed(release)
    with django_capture_on_commit_callbacks(execute=True):
        translate(release)
    english = in_english(release)
    assert (english.live, english.embargo_until) == (False, MINUTE)
    assert english.scheduled_revision.approved_go_live_at == MINUTE
    clock.move_to(MINUTE + SECOND)
    publish_scheduled()
    assert client.get(in_english(release).url).status_code == 200


def test_a_translation_that_knows_no_embargo_yet_takes_that_of_its_source(release):
    english = in_english(release)
    embargoed(release)
    PressReleasePage.objects.filter(pk=english.pk).update(embargo_until=None, go_live_at=None)
    english = embargoed(english, None)
    assert (english.live, english.embargo_until) == (False, MINUTE)


def test_an_embargo_that_is_moved_moves_for_the_scheduled_translation_too(
    release, django_capture_on_commit_callbacks
):
    release = embargoed(release)
    with django_capture_on_commit_callbacks(execute=True):
        translate(release)
    later = MINUTE + timedelta(days=3)
    embargoed(release, later)
    english = in_english(release)
    assert english.embargo_until == english.scheduled_revision.approved_go_live_at == later
    assert english.get_latest_revision_as_object().embargo_until == later


def test_a_live_page_under_embargo_answers_nobody(client, release):
    """Whatever made it live: a program, a restored backup."""
    PressReleasePage.objects.filter(pk=release.pk).update(live=True, embargo_until=MINUTE)
    MadeFile.objects.create(page=release, kind=MadeKind.PDF, content=b"%PDF", fingerprint="0", made_at=NOW)
    assert client.get(release.url).status_code == 404
    assert client.get(f"{release.url}{release.slug}.pdf").status_code == 404


@pytest.fixture
def document(db):
    return Document.objects.create(title="Essai", file=ContentFile(b"essai;nombre\na;1\n", name="essai.csv"))


def with_document(document) -> dict:
    block = {"type": "file", "value": {"document": document.pk, "title": "Essai", "language": "fr"}}
    return {"attachments": PressReleasePage.attachments.field.stream_block.to_python([block])}


def shows_nothing(client, addresses: list[str], words: list[str]) -> None:
    """Fail where an address says one of the words of the release, or hands out a file of it."""
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 404:
            continue
        said = plain_spaces(answer.content.decode(errors="replace"))
        assert [word for word in words if word in said] == [], address


@pytest.mark.parametrize("language", ["fr", "en"])
def test_before_the_minute_no_public_path_says_a_word_and_within_it_all_do(
    client, page, release, document, clock, language, django_capture_on_commit_callbacks
):
    from campaign.outbox.worker import Worker
    from home.search.index import remember_all

    release = embargoed(release, **with_document(document))
    with django_capture_on_commit_callbacks(execute=True):
        translate(release)
    Worker().drain()
    shown = page("PRESS_RELEASE", language)
    assert MadeFile.objects.filter(page=shown).exists(), "made already, and hidden"
    below = [shown.url, f"{shown.url}{shown.slug}.pdf", document.url]
    lists = [page("HOME", language).url, page("PRESS_INDEX", language).url, "/sitemap.xml"]
    search = {"fr": "/recherche/?q=Microsoft", "en": "/en/search/?q=Microsoft"}[language]
    feeds = [f"{page('PRESS_INDEX', language).url}{name}" for name in ("flux.xml", "feed.xml")]

    clock.move_to(MINUTE - SECOND)
    publish_scheduled()
    remember_all()
    Worker().drain()
    for address in below:
        assert client.get(address).status_code == 404, address
    shows_nothing(client, [*lists, search, *feeds], [shown.title, shown.slug, shown.summary])

    clock.move_to(MINUTE + timedelta(seconds=59))
    Worker().drain()
    for address in below:
        assert client.get(address).status_code == 200, address
    for address in [*lists, search]:
        assert shown.slug in client.get(address).content.decode(), address


def test_a_document_is_handed_out_once_a_public_page_offers_it(client, release, document):
    assert client.get(document.url).status_code == 404, "numbered addresses can be guessed"
    release.attachments = with_document(document)["attachments"]
    release.save_revision()
    assert client.get(document.url).status_code == 404, "only a draft offers it"
    PressReleasePage.objects.get(pk=release.pk).get_latest_revision().publish()
    assert client.get(document.url).status_code == 200
    PressReleasePage.objects.get(pk=release.pk).unpublish()
    assert client.get(document.url).status_code == 404


def test_moments_are_those_of_paris_for_all_of_staff(settings):
    assert settings.TIME_ZONE == "Europe/Paris"
    assert settings.WAGTAIL_USER_TIME_ZONES == ["Europe/Paris"]
    assert timezone.get_default_timezone_name() == "Europe/Paris"


def test_a_link_in_another_page_s_text_does_not_tell_the_address_before(client, page, release, clock):
    news = page("NEWS_ORDER")
    news.body = [("paragraph", f'<p>Voir <a linktype="page" id="{release.pk}">notre texte</a>.</p>')]
    news.save_revision().publish()
    release = embargoed(release)
    html = client.get(news.url).content.decode()
    assert "<a>notre texte</a>" in html
    assert release.slug not in html
    clock.move_to(MINUTE + SECOND)
    publish_scheduled()
    assert f'<a href="{release.url}">notre texte</a>' in client.get(news.url).content.decode()


def test_related_pages_say_nothing_of_a_release_before(client, page, release, clock):
    news = page("NEWS_ORDER")
    news.related = [("page", release)]
    news.save_revision().publish()
    release = embargoed(release)
    shows_nothing(client, [news.url], [release.slug, release.title])
    clock.move_to(MINUTE + SECOND)
    publish_scheduled()
    assert release.slug in client.get(news.url).content.decode()


def test_publishing_from_the_list_of_pages_keeps_the_embargo_too(desk, release):
    release.embargo_until = MINUTE
    release.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    desk.post(f"{address}?id={release.pk}&next=/admin/", {})
    release = PressReleasePage.objects.get(pk=release.pk)
    assert (release.live, release.scheduled_revision.approved_go_live_at) == (False, MINUTE)


def test_staff_open_the_files_of_a_draft_from_its_preview(desk, client, release, document, editor):
    from django.test import RequestFactory

    release.attachments = with_document(document)["attachments"]
    release.save_revision()
    request = RequestFactory().get("/")
    request.user, request.is_preview = editor, True
    [attached] = release.get_context(request)["attachments"]
    answer = desk.get(attached.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"essai;nombre")
    assert answer["Content-Disposition"].startswith("attachment")


def test_others_of_staff_get_no_file_by_its_number(client, release, document, built_site, django_user_model):
    from campaign.roles import Role

    other = django_user_model.objects.create_user("autre", "autre@example.org", "a-long-password-1")
    other.groups.add(built_site[0][Role.PETITION_MANAGER])
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("file_for_staff", args=[document.pk])).status_code in (302, 403)
