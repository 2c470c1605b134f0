"""What the pages add to the points before opening: a page about the petition, and nothing left to fill in."""

import json

import pytest
from django.urls import reverse

from campaign.demo import english, french
from home.checks_for_opening import nothing_is_left_to_fill_in, page_is_published
from home.models import PetitionPage
from home.placeholders import has_open_place, marks
from petition.models import Petition
from petition.public import Check

WITH_PLACES = {"LEGAL", "PRESS_RELEASE"}


@pytest.fixture
def other(petition):
    """A petition that no page is about."""
    kept = {
        name: getattr(petition, name) for name in ("organiser", "sender_name", "sender_address", "reply_to")
    }
    return Petition.objects.create(slug="autre", **kept)


def fill_in_all(page) -> None:
    """Give every place of the demo's pages a fact, as staff would."""
    for name in WITH_PLACES:
        for language in ("fr", "en"):
            made = page(name, language)
            written = json.dumps(made.body.get_prep_value())
            for mark in marks():
                written = written.replace(json.dumps(mark)[1:-1], "Essai")
            made.body = json.loads(written)
            if hasattr(made, "contact"):
                made.contact = "Essai"
            made.save_revision().publish()


def test_the_marks_are_those_that_the_demo_writes():
    assert marks() == ["[À compléter", "[To be completed"]
    for module, mark in ((french, marks()[0]), (english, marks()[1])):
        assert mark in module.PRESS_RELEASE.fields["contact"]
        assert mark in str(module.LEGAL.body)


def test_a_published_page_about_the_petition_is_found_and_led_to(petition, page):
    [point] = page_is_published(petition)
    assert point.done
    assert point.url == reverse("wagtailadmin_pages:edit", args=[page("PETITION_PAGE").pk])


def test_a_petition_without_a_page_leads_to_where_one_is_added(other, page, staff_client):
    [point] = page_is_published(other)
    assert (point.done, point.blocks) == (False, False)
    assert staff_client.get(point.url).status_code == 200


def test_a_draft_is_not_published_and_is_led_to(other, page):
    draft = PetitionPage(title="Autre", slug="autre", intro="…", petition=other, live=False)
    page("HOME").add_child(instance=draft)
    [point] = page_is_published(other)
    assert not point.done
    assert point.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])


def test_each_published_page_with_an_open_place_is_a_point_that_leads_to_it(petition, page):
    points = nothing_is_left_to_fill_in(petition)
    wanted = {
        reverse("wagtailadmin_pages:edit", args=[page(name, language).pk])
        for name in WITH_PLACES
        for language in ("fr", "en")
    }
    assert {point.url for point in points} == wanted
    assert not any(point.done or point.blocks for point in points)


def test_a_page_that_is_not_published_may_hold_one(petition, page):
    for name in WITH_PLACES:
        for language in ("fr", "en"):
            page(name, language).unpublish()
    [point] = nothing_is_left_to_fill_in(petition)
    assert point.done


def test_once_all_are_filled_in_one_line_says_so(petition, page):
    fill_in_all(page)
    [point] = nothing_is_left_to_fill_in(petition)
    assert point == Check(True, "Aucune page publiée ne contient de passage à compléter.")


def test_the_demo_may_leave_them_open_and_names_the_pages(petition, page, settings):
    settings.DEMO = True
    [point] = nothing_is_left_to_fill_in(petition)
    assert point.done
    for name in WITH_PLACES:
        assert page(name).title in point.words


def test_a_place_is_found_in_plain_fields_and_in_bodies(page):
    release = page("PRESS_RELEASE")
    assert has_open_place(release)
    release.contact = "Essai"
    assert not has_open_place(release)
    release.summary = "Voir [À compléter : essai]"
    assert has_open_place(release)
    assert has_open_place(page("LEGAL"))
    assert not has_open_place(page("HOME"))
