"""Pages go live and are taken down at the minute that staff set, in Paris's time, whatever the clockwork met before."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail.signals import page_published
from wagtail_localize.models import StringTranslation, TranslationSource

from campaign import health
from campaign.outbox import registry, schedules
from campaign.outbox.models import ScheduledRun
from home.models import NewsPage, PetitionPage
from home.scheduled import LATE
from petition.models import Petition
from tests.home.edit_forms import edit_address, edit_form
from tests.people import drain_outbox

NAME = "publish_scheduled"
# Six o'clock in Paris, by the clock that doesn't change.
SUMMER = ("2027-07-14 06:00", datetime(2027, 7, 14, 4, 0, tzinfo=UTC))
WINTER = ("2027-01-15 06:00", datetime(2027, 1, 15, 5, 0, tzinfo=UTC))
A_MINUTE = timedelta(minutes=1)
TITLE = "Une nouvelle à l’heure dite"


@pytest.fixture
def news(page):
    """A draft that no reader knows."""
    made = NewsPage(title=TITLE, slug="a-l-heure", summary="Résumé d’essai", date="2026-11-20", live=False)
    page("NEWS_INDEX").add_child(instance=made)
    made.save_revision()
    return made


def schedule(page: Page, **moments) -> Revision:
    """Choose moments for a page and publish it, as the editor's button does."""
    for name, moment in moments.items():
        setattr(page, name, moment)
    revision = page.save_revision()
    revision.publish()
    return revision


def at(moment: datetime):
    return time_machine.travel(moment, tick=False)


def run_the_clockwork() -> ScheduledRun:
    """Let the worker do what is due by the clock."""
    drain_outbox()
    return ScheduledRun.objects.get(name=NAME)


def what_readers_find(client, word: str) -> set[str]:
    """Return in which of the places where a new page stands a title can be read."""
    places = {
        "list": "/actualites/",
        "home": "/",
        "sitemap": "/sitemap.xml",
        "search": f"{reverse('search')}?q=heure+dite",
    }
    head = client.get("/actualites/").content.decode().partition("</head>")[0]
    feeds = [tag for tag in re.findall(r"<link [^>]*>", head) if "application/rss+xml" in tag]
    addresses = [href for tag in feeds for href in re.findall(r'href="([^"]*)"', tag)]
    [places["feed"]] = addresses
    found = set()
    for place, address in places.items():
        answer = client.get(address.removeprefix("http://testserver"))
        assert answer.status_code == 200, place
        wanted = "/actualites/a-l-heure/" if place in ("sitemap", "search") else word
        if wanted in html.unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " "):
            found.add(place)
    return found


EVERYWHERE = {"list", "home", "sitemap", "search", "feed"}


# --- O-CMS-04 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "moment"), [SUMMER, WINTER])
def test_o_cms_04_six_o_clock_is_six_o_clock_in_paris(client, staff_client, news, typed, moment):
    form = edit_form(staff_client, news)
    form["go_live_at"], form["action-publish"] = typed, "action-publish"
    assert staff_client.post(edit_address(news), form).status_code == 302
    assert (
        Revision.objects.get(object_id=news.pk, approved_go_live_at__isnull=False).approved_go_live_at
        == moment
    )
    with at(moment - timedelta(seconds=1)):
        run_the_clockwork()
        assert client.get(news.url).status_code == 404
    with at(moment + timedelta(seconds=59)):
        run_the_clockwork()
        assert client.get(news.url).status_code == 200


def test_o_cms_04_the_clockwork_looks_often_enough_to_be_within_a_minute():
    from campaign.outbox.worker import SCHEDULES_EVERY

    assert registry.schedules[NAME].every + SCHEDULES_EVERY < A_MINUTE


def test_o_cms_04_the_zone_stands_beside_the_field(staff_client, news):
    shown = html.unescape(staff_client.get(edit_address(news)).content.decode())
    for field in ("go_live_at", "expire_at"):
        [words] = re.findall(rf'id="[^"]*{field}-helptext"[^>]*>(.*?)</div>', shown, re.DOTALL)
        assert "Heure de Paris (Europe/Paris)" in words


def test_o_cms_04_nobody_on_the_staff_reads_another_zone(staff_client, editor):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "en"})
    account = staff_client.get(reverse("wagtailadmin_account")).content.decode()
    assert "current_time_zone" not in account


def test_o_cms_04_a_late_start_publishes_late_and_meanwhile_staff_see_that_it_is_late(
    client, staff_client, editor, news
):
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    with at(moment - A_MINUTE):
        run_the_clockwork()  # and then it stops
    with at(moment + timedelta(minutes=39)):
        client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        degraded = client.get("/health/ready").json()["degraded"]
        assert {"worker", "publishing"} <= set(degraded)
        told = html.unescape(client.get(reverse("wagtailadmin_home")).content.decode())
        assert "Pages en retard" in told
        assert TITLE in told
        assert "14/07/2027 06:00" in told
        assert "n’a donné aucun signe de vie depuis le 14/07/2027 05:59" in told
        assert client.get(news.url).status_code == 404
    with at(moment + timedelta(minutes=40)):
        run_the_clockwork()
        assert client.get(news.url).status_code == 200
        assert client.get("/health/ready").json()["degraded"] == []
        assert "Pages en retard" not in html.unescape(
            client.get(reverse("wagtailadmin_home")).content.decode()
        )


def test_three_minutes_are_not_late_yet(news):
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    for late, after in ((False, LATE), (True, LATE + timedelta(seconds=1))):
        with at(moment + after):
            assert health.DEGRADED["publishing"]() is late


def test_a_run_that_a_killed_worker_left_open_holds_pages_up_for_minutes_and_no_hour(client, news):
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    with at(moment):
        run_the_clockwork()
        ScheduledRun.objects.filter(name=NAME).update(last_started=moment + A_MINUTE, last_ended=None)
    with at(moment + timedelta(minutes=5, seconds=1)):
        run_the_clockwork()
        assert client.get(news.url).status_code == 404
    with at(moment + timedelta(minutes=6, seconds=1)):
        run_the_clockwork()
        assert client.get(news.url).status_code == 200


# --- O-CMS-05 ------------------------------------------------------------------------------------------------


def test_o_cms_05_a_new_page_is_at_once_everywhere_that_readers_look(client, news):
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    with at(moment - A_MINUTE):
        run_the_clockwork()
        assert what_readers_find(client, TITLE) == set()
    with at(moment + A_MINUTE):
        run_the_clockwork()
        assert what_readers_find(client, TITLE) == EVERYWHERE


def test_o_cms_05_a_change_of_a_page_shows_when_its_moment_comes_and_not_before(client, page):
    changed, moment = page("NEWS_ORDER"), SUMMER[1]
    before = changed.title
    changed.title = TITLE
    schedule(changed, go_live_at=moment)
    with at(moment - A_MINUTE):
        run_the_clockwork()
        assert before in html.unescape(client.get("/actualites/").content.decode())
        assert TITLE not in html.unescape(client.get(changed.url).content.decode())
    with at(moment + A_MINUTE):
        run_the_clockwork()
        for address in (changed.url, "/actualites/", "/"):
            shown = html.unescape(client.get(address).content.decode())
            assert TITLE in shown, address
            assert before not in shown.split("<main")[1], address


def test_o_cms_05_a_page_is_taken_down_everywhere_at_its_moment(client, news):
    moment = SUMMER[1]
    schedule(news, expire_at=moment)
    assert what_readers_find(client, TITLE) == EVERYWHERE
    with at(moment - A_MINUTE):
        run_the_clockwork()
        assert client.get(news.url).status_code == 200
    with at(moment + A_MINUTE):
        run_the_clockwork()
        assert client.get(news.url).status_code == 404
        assert what_readers_find(client, TITLE) == set()
    news.refresh_from_db()
    assert news.expired


def test_o_cms_05_the_clockwork_tells_the_same_as_the_editor_s_button(
    news, django_capture_on_commit_callbacks
):
    told = []

    def listen(sender, instance, revision, **kwargs):
        told.append((sender, instance.pk, revision.pk, instance.live))

    moment = SUMMER[1]
    revision = schedule(news, go_live_at=moment)
    page_published.connect(listen)
    try:
        with at(moment + A_MINUTE), django_capture_on_commit_callbacks(execute=True):
            run_the_clockwork()
    finally:
        page_published.disconnect(listen)
    assert told == [(NewsPage, news.pk, revision.pk, True)]


def test_what_visitors_are_sent_is_kept_by_nobody_for_longer_than_half_a_minute(client, page):
    feed = page("NEWS_INDEX").feed_url
    for address in (
        "/",
        "/actualites/",
        page("NEWS_ORDER").url,
        "/sitemap.xml",
        feed,
        f"{reverse('search')}?q=a",
    ):
        answer = client.get(address)
        ages = re.findall(r"max-age=(\d+)", answer.get("Cache-Control", ""))
        assert all(int(age) <= 30 for age in ages), address
        assert "Expires" not in answer or ages, address


# --- Both languages at once ------------------------------------------------------------------------------------


def test_a_translation_goes_live_with_its_source_and_not_before(
    client, staff_client, news, django_capture_on_commit_callbacks
):
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    english = Locale.objects.get(language_code="en")
    submit = reverse("wagtail_localize:submit_page_translation", args=[news.pk])
    staff_client.post(submit, {"locales": english.pk})
    made = Page.objects.get(translation_key=news.translation_key, locale=english)
    kept = TranslationSource.objects.get_for_instance(news)
    for segment in kept.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=english, data=f"en-{segment.order}"
        )
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_client.post(edit_address(made), {"action": "publish"}, follow=True)
    told = html.unescape(" ".join(str(message) for message in answer.context["messages"]))
    assert "14/07/2027 06:00" in told
    made.refresh_from_db()
    with at(moment - A_MINUTE):
        run_the_clockwork()
        assert client.get(made.url).status_code == 404
    schedule(news, go_live_at=moment + timedelta(hours=1))  # later after all
    with at(moment + A_MINUTE):
        run_the_clockwork()
        assert client.get(made.url).status_code == 404
    with at(moment + timedelta(hours=1, minutes=1)):
        run_the_clockwork()
        assert client.get(news.url).status_code == 200
        assert client.get(made.url).status_code == 200


# --- One that can't be holds up no other -----------------------------------------------------------------------


@pytest.fixture
def without_text(page):
    """A page about a petition that has no text, whose moment was chosen when it had one."""
    petition = Petition.objects.create(
        slug="sans-texte",
        organiser="Essai",
        sender_name="Essai",
        sender_address="a@example.org",
        reply_to="a@example.org",
    )
    made = PetitionPage(
        title="Pétition sans texte", slug="sans-texte", intro="…", petition=petition, live=False
    )
    page("HOME").add_child(instance=made)
    made.save_revision()
    Revision.objects.filter(object_id=made.pk).update(approved_go_live_at=SUMMER[1] - A_MINUTE)
    return made


def test_a_page_that_cannot_be_published_holds_up_no_other_and_staff_read_which_and_why(
    client, staff_client, editor, news, without_text
):
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    with at(moment + timedelta(minutes=5)):
        for _again in range(2):
            run = run_the_clockwork()
            ScheduledRun.objects.filter(name=NAME).update(last_started=moment)
        assert client.get(news.url).status_code == 200
        assert client.get(without_text.url).status_code == 404
        assert run.failed_at
        assert "« Pétition sans texte »" in run.report.replace("\N{NO-BREAK SPACE}", " ")
        assert "pas encore de texte" in run.report
        client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        told = html.unescape(client.get(reverse("wagtailadmin_home")).content.decode())
        assert "Pétition sans texte" in told.split("Pages en retard")[1]
        assert "pas encore de texte" in told
        history = client.get(reverse("wagtailadmin_pages:history", args=[without_text.pk])).content.decode()
        assert html.unescape(history).count("N’a pas pu être publiée à l’heure prévue") == 1
        assert "publishing" in client.get("/health/ready").json()["degraded"]


def test_whatever_breaks_in_one_page_is_told_without_its_words(news, page, monkeypatch, client):
    other = NewsPage(title="Autre", slug="autre", summary="…", date="2026-11-20", live=False)
    page("NEWS_INDEX").add_child(instance=other)
    moment = SUMMER[1]
    schedule(news, go_live_at=moment)
    schedule(other, go_live_at=moment + A_MINUTE)

    def breaks(sender, instance, **kwargs):
        if instance.pk == news.pk:
            raise RuntimeError("mailbox somebody@example.org")

    page_published.connect(breaks)
    try:
        with at(moment + timedelta(minutes=2)):
            run = run_the_clockwork()
    finally:
        page_published.disconnect(breaks)
    assert "RuntimeError" in run.report
    assert "example.org" not in run.report
    assert not NewsPage.objects.get(pk=news.pk).live
    assert NewsPage.objects.get(pk=other.pk).live
    with at(moment + timedelta(minutes=3)):
        run = run_the_clockwork()
        assert not run.failed_at
        assert client.get(news.url).status_code == 200


def test_a_moment_of_a_page_that_readers_have_in_another_version_leaves_it_to_them_until_then(client, page):
    changed = page("LEGAL")
    schedule(changed, go_live_at=SUMMER[1])
    assert client.get(changed.url).status_code == 200


def test_a_page_that_was_taken_down_by_its_moment_can_be_published_again(client, news):
    moment = SUMMER[1]
    schedule(news, expire_at=moment)
    with at(moment + A_MINUTE):
        run_the_clockwork()
        news.refresh_from_db()
        schedule(news, expire_at=None)
        run_the_clockwork()
        assert client.get(news.url).status_code == 200


def test_the_schedule_is_the_shipped_one():
    assert registry.schedules[NAME] in schedules.due_schedules(timezone.now())
