"""What only the association knows is a marked place; in production no page goes live with one, by whichever way."""

import html
import re
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.models import StringTranslation, TranslationSource

from campaign.demo import english, french
from campaign.first_pages.standard import STANDARD, write_standard_pages
from campaign.roles import Role
from home.facts import settings_url
from home.models import NewsPage, Organisation, StandardPage
from home.placeholders import has_open_place, marks, open_places
from home.publishing import places_may_stay_open, why_places_forbid
from home.publishing_hooks import way_to_facts
from tests.facts import FACTS, empty_facts
from tests.home.edit_forms import edit_address, edit_form

SPACES = re.compile("[\u00a0\u202f]")
PLACE = "[À compléter : essai]"


@pytest.fixture
def news(page):
    """A draft with a place that is still to be filled in."""
    made = NewsPage(title="Essai", slug="essai", summary=f"Voir {PLACE}", date="2026-11-20", live=False)
    page("NEWS_INDEX").add_child(instance=made)
    made.save_revision()
    return made


def told(answer) -> str:
    return html.unescape(" ".join(str(message) for message in answer.context["messages"]))


def read(client, page) -> str:
    """Return what a page shows, with plain spaces."""
    return SPACES.sub(" ", html.unescape(client.get(page.url).content.decode()))


def is_live(page) -> bool:
    return type(page).objects.get(pk=page.pk).live


def test_the_marks_are_those_that_the_demo_writes():
    assert marks() == ["[À compléter", "[To be completed"]
    for module, mark in ((french, marks()[0]), (english, marks()[1])):
        assert mark in module.PRESS_RELEASE.fields["contact"]


def test_a_place_is_found_in_plain_fields_in_bodies_and_where_a_fact_is_missing(page):
    release = page("PRESS_RELEASE")
    assert not has_open_place(release)
    release.summary = f"Voir {PLACE}"
    release.body = [
        *release.body.raw_data,
        {"type": "paragraph", "value": "<p>[To be <b>completed</b>: x]</p>"},
    ]
    assert [(place.field, place.words) for place in open_places(release)] == [
        ("summary", PLACE),
        ("body", "[To be completed: x]"),
    ]
    empty_facts("host_phone")
    [place] = open_places(page("LEGAL"))
    assert (place.words, place.url) == ("[À compléter : numéro de téléphone de l’hébergeur]", settings_url())


@pytest.mark.parametrize("name", FACTS)
def test_each_missing_fact_is_shown_as_a_place_on_the_pages_that_need_it(client, page, name):
    empty_facts(name)
    unfinished = [entry.name for entry in STANDARD if has_open_place(page(entry.name))]
    assert unfinished
    for entry in STANDARD:
        shown = read(client, page(entry.name))
        assert ('<mark class="to-complete">[À compléter' in shown) == (entry.name in unfinished), entry.name


def test_what_the_law_asks_for_only_where_there_is_any_leaves_no_place(page, client):
    assert not has_open_place(page("LEGAL"))
    shown = read(client, page("LEGAL"))
    assert "RNA" not in shown
    Organisation.objects.update(rna="W000000000", siren="000 000 000", editorial_lead="Essai Responsable")
    shown = read(client, page("LEGAL"))
    for told_now in ("W000000000", "000 000 000", "Essai Responsable"):
        assert told_now in shown


def test_publishing_from_the_form_keeps_a_draft_and_names_page_and_place(staff_client, news):
    form = edit_form(staff_client, news)
    form["action-publish"] = "1"
    answer = staff_client.post(edit_address(news), form, follow=True)
    assert not is_live(news)
    for words in ("rien n’a été publié", "« Essai »", f"résumé : {PLACE}"):
        assert words in told(answer)


def test_publishing_while_it_is_made_keeps_a_draft_too(staff_client, page):
    parent = page("NEWS_INDEX")
    address = reverse("wagtailadmin_pages:add", args=["home", "newspage", parent.pk])
    form = {"title": "Neuf", "slug": "neuf", "date": "2026-11-20", "summary": PLACE, "action-publish": "1"}
    form |= {f"{name}-count": "0" for name in ("body", "related")}
    for formset in ("footnotes", "comments"):
        form |= {f"{formset}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = staff_client.post(address, form, follow=True)
    assert PLACE in told(answer)
    assert not NewsPage.objects.get(slug="neuf").live


def test_a_moment_to_publish_at_is_not_taken_either(staff_client, news):
    news.go_live_at = timezone.now() + timedelta(days=1)
    revision = news.save_revision()
    with pytest.raises(ValidationError):
        revision.publish()
    news.refresh_from_db()
    assert not news.live
    assert not news.approved_schedule


def test_the_list_s_bulk_action_publishes_nothing_and_says_which_page(staff_client, news):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for chosen, below in ((news, ""), (news.get_parent(), "on")):
        answer = staff_client.post(
            f"{address}?id={chosen.pk}&next=/admin/", {"include_descendants": below}, follow=True
        )
        assert PLACE in told(answer)
        assert not is_live(news)


def test_a_translation_with_a_place_is_not_published(staff_client, page, django_capture_on_commit_callbacks):
    source, translated = page("NEWS_ORDER"), page("NEWS_ORDER", "en")
    kept = TranslationSource.objects.get_for_instance(source)
    words = StringTranslation.objects.filter(
        context__path="summary", context__object=kept.object_id, locale=Locale.objects.get(language_code="en")
    )
    words.update(data="See [To be completed: try]")
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_client.post(edit_address(translated), {"action": "publish"}, follow=True)
    assert "[To be completed: try]" in told(answer)
    address = reverse("wagtail_localize:update_translations", args=[kept.pk])
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_client.post(address, {"publish_translations": "on"}, follow=True)
    assert "[To be completed: try]" in told(answer)
    assert "To be completed" not in page("NEWS_ORDER", "en").summary


def test_the_legal_page_is_published_once_all_that_the_law_asks_for_is_there(page):
    empty_facts("host_phone")
    legal = page("LEGAL")
    with pytest.raises(ValidationError, match="numéro de téléphone de l’hébergeur"):
        legal.save_revision().publish()
    Organisation.objects.update(host_phone="+33 0 00 00 00 00")
    legal.save_revision().publish()


def test_a_fact_that_a_published_page_shows_is_not_emptied(page, settings):
    organisation = Organisation.current()
    organisation.host_phone = organisation.rna = ""
    with pytest.raises(ValidationError) as refused:
        organisation.clean()
    assert list(refused.value.message_dict) == ["host_phone"]
    assert "Mentions légales" in str(refused.value)
    settings.DEMO = True
    organisation.clean()
    settings.DEMO = False
    for language in ("fr", "en"):
        page("LEGAL", language).unpublish()
    organisation.clean()


def test_the_way_to_the_facts_is_offered_to_whoever_may_change_them(page, rf, editor, django_user_model):
    empty_facts("phone")
    places = open_places(page("LEGAL"))
    request = rf.get("/admin/")
    request.user = editor
    assert way_to_facts(request, places) == []
    request.user = django_user_model.objects.create_superuser(
        "essai", "essai@example.org", "a-long-password-1"
    )
    assert settings_url() in str(way_to_facts(request, places))


def test_an_administrator_fills_in_the_facts_on_one_screen(client, built_site, django_user_model):
    administrator = django_user_model.objects.create_user("admin", "admin@example.org", "a-long-password-1")
    administrator.groups.add(built_site[0][Role.ADMINISTRATOR])
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    screen = client.get(settings_url(), follow=True)
    forms = screen.content.decode().count("<form")
    form = querydict_from_html(screen.content.decode(), form_index=forms - 1)
    assert set(FACTS) <= set(form)
    assert '<option value="DE"' in screen.content.decode()
    assert '<option value="US"' not in screen.content.decode()  # what is signed stays in Europe
    form["host_name"] = "Autre hébergeur d’essai"
    client.post(screen.request["PATH_INFO"], form)
    assert Organisation.current().host_name == "Autre hébergeur d’essai"
    form["host_name"] = ""
    answer = client.post(screen.request["PATH_INFO"], form)
    assert "La page publiée « Mentions légales » l’affiche" in html.unescape(answer.content.decode())
    assert Organisation.current().host_name == "Autre hébergeur d’essai"


def test_the_demo_publishes_them_under_its_banner(client, news, settings):
    settings.DEMO = True
    assert why_places_forbid(news) == ""
    news.get_latest_revision().publish()
    shown = read(client, news)
    assert PLACE in shown
    assert 'class="demo-banner"' in shown
    assert "« [À compléter : … ] »" in shown


def test_the_check_of_a_deployment_names_pages_and_places(page, settings):
    def found():
        errors = run_checks(tags=["database"], databases=["default"], include_deployment_checks=True)
        return [error for error in errors if error.id == "home.E001"]

    assert found() == []
    empty_facts("phone")
    first, *_others = found()
    assert page("LEGAL").title in first.msg
    assert "numéro de téléphone" in first.msg
    settings.DEMO = True
    assert found() == []


def test_migrations_are_not_held_up_by_a_place(page):
    empty_facts()
    errors = run_checks(tags=["database"], databases=["default"])
    assert not [error for error in errors if error.id == "home.E001"]


def test_the_seed_leaves_standing_pages_as_drafts_until_the_facts_are_there():
    StandardPage.objects.all().delete()
    empty_facts()
    write_standard_pages()
    drafts = {page.purpose for page in StandardPage.objects.filter(live=False, locale__language_code="fr")}
    assert drafts == {"legal", "privacy", "terms", "accessibility", "contact"}
    StandardPage.objects.all().delete()
    with places_may_stay_open():
        write_standard_pages()
    assert not StandardPage.objects.filter(live=False).exists()
