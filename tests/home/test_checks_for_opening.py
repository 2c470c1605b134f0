"""What the pages add to the points before opening: a page about the petition, and nothing left to fill in."""

import pytest
from django.urls import reverse

from home.checks_for_opening import (
    legal_pages_are_published,
    nothing_is_left_to_fill_in,
    page_is_published,
)
from home.facts import settings_url
from home.models import PetitionPage
from home.publishing import places_may_stay_open
from petition.models import Petition
from petition.public import Check
from tests.facts import empty_facts

WITH_PLACES = {"LEGAL", "CONTACT"}


@pytest.fixture
def unfinished(built_site):
    """A site whose organisation hasn't said how it is called and written to by the press."""
    empty_facts("publication_director", "press_email")


@pytest.fixture
def other(petition):
    """A petition that no page is about."""
    kept = {
        name: getattr(petition, name) for name in ("organiser", "sender_name", "sender_address", "reply_to")
    }
    return Petition.objects.create(slug="autre", **kept)


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


def test_the_pages_that_the_law_asks_for_are_published(petition):
    [point] = legal_pages_are_published(petition)
    assert point.done


def test_nothing_opens_without_them_in_the_main_language(petition, page, settings):
    page("LEGAL").unpublish()
    page("PRIVACY", "en").unpublish()
    points = legal_pages_are_published(petition)
    assert [(point.done, point.blocks) for point in points] == [(False, True), (False, False)]
    assert [point.url for point in points] == [
        reverse("wagtailadmin_pages:edit", args=[page(*which).pk])
        for which in (("LEGAL",), ("PRIVACY", "en"))
    ]
    page("LEGAL").delete()
    assert "mentions légales" in legal_pages_are_published(petition)[0].words
    settings.DEMO = True
    assert not any(point.blocks for point in legal_pages_are_published(petition))


def test_each_published_page_with_an_open_place_is_a_point_that_names_it_and_leads_to_the_facts(
    petition, page, unfinished
):
    points = nothing_is_left_to_fill_in(petition)
    assert {point.url for point in points} == {settings_url()}
    said = " ".join(point.words for point in points)
    for name in WITH_PLACES:
        for language in ("fr", "en"):
            assert f"« {page(name, language).title} »" in said
    assert "[À compléter : direction de la publication]" in said
    assert not any(point.done or point.blocks for point in points)


def test_a_place_that_was_written_leads_to_its_page(petition, page):
    written = page("NEWS_ORDER")
    with places_may_stay_open():
        written.summary = "Voir [À compléter : essai]"
        written.save_revision().publish()
    [point] = nothing_is_left_to_fill_in(petition)
    assert point.url == reverse("wagtailadmin_pages:edit", args=[written.pk])
    assert "[À compléter : essai]" in point.words


def test_a_page_that_is_not_published_may_hold_one(petition, page, unfinished):
    for name in WITH_PLACES:
        for language in ("fr", "en"):
            page(name, language).unpublish()
    [point] = nothing_is_left_to_fill_in(petition)
    assert point.done


def test_once_all_are_filled_in_one_line_says_so(petition, page):
    [point] = nothing_is_left_to_fill_in(petition)
    assert point == Check(True, "Aucune page publiée ne contient de passage à compléter.")


def test_the_demo_may_leave_them_open_and_names_the_pages(petition, page, settings, unfinished):
    settings.DEMO = True
    [point] = nothing_is_left_to_fill_in(petition)
    assert point.done
    for name in WITH_PLACES:
        assert page(name).title in point.words
