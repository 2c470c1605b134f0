"""Which pages there are, where, and that each is served in its own language only."""

import re

import pytest
from wagtail.models import Page

from home.models import (
    CampaignPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PetitionPage,
    PositionIndexPage,
    PositionPaperPage,
    PressIndexPage,
    PressReleasePage,
    StandardPage,
)

ADDRESSES = {
    "fr": ["/", "/petition/", "/communiques/", "/positions/", "/actualites/"],
    "en": ["/en/", "/en/petition/", "/en/press-releases/", "/en/position-papers/", "/en/news/"],
}
ALL = [(language, address) for language, addresses in ADDRESSES.items() for address in addresses]
PAGE_TYPES = [
    model for model in Page.__subclasses__() + CampaignPage.__subclasses__() if not model._meta.abstract
]


@pytest.mark.parametrize(("language", "address"), ALL)
def test_each_promised_address_answers_in_its_language_with_one_heading(client, language, address):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    assert len(re.findall(r"<h1\b", html)) == 1


@pytest.mark.parametrize(("language", "address"), ALL)
def test_no_page_sets_a_cookie_or_varies_by_language_header(client, language, address):
    response = client.get(address, headers={"accept-language": "de"})
    assert not response.cookies
    assert "accept-language" not in response.get("Vary", "").lower()


def test_an_address_of_one_language_is_unknown_in_the_other(client):
    for address in (
        "/en/communiques/",
        "/en/positions/",
        "/en/actualites/",
        "/press-releases/",
        "/news/",
        "/accueil/",
    ):
        assert client.get(address).status_code == 404


def test_an_unpublished_english_home_shows_no_french_under_en(client, page):
    page("HOME", "en").unpublish()
    assert client.get("/en/").status_code == 404
    assert client.get("/en/petition/").status_code == 404
    assert client.get("/").status_code == 200


def test_an_unpublished_page_is_gone_in_its_language_alone(client, page):
    page("NEWS_ORDER", "en").unpublish()
    assert client.get(page("NEWS_ORDER", "en").url).status_code == 404
    assert client.get(page("NEWS_ORDER").url).status_code == 200


def test_a_page_that_got_below_the_home_page_of_another_language_is_not_served(client, page):
    page("LEGAL").move(page("HOME", "en"), pos="last-child")
    assert client.get("/en/mentions-legales/").status_code == 404


def test_editors_are_offered_only_page_types_that_make_sense():
    children = {
        HomePage: {PetitionPage, PressIndexPage, PositionIndexPage, NewsIndexPage, StandardPage},
        PressIndexPage: {PressReleasePage},
        PositionIndexPage: {PositionPaperPage},
        NewsIndexPage: {NewsPage},
        StandardPage: {StandardPage},
    }
    for model in (PetitionPage, PressReleasePage, PositionPaperPage, NewsPage, *children):
        assert set(model.allowed_subpage_models()) == children.get(model, set()), model


def test_there_is_one_home_page_per_language_and_one_list_of_each_kind(page):
    assert not HomePage.can_create_at(Page.get_first_root_node())
    for model in (PressIndexPage, PositionIndexPage, NewsIndexPage):
        assert not model.can_create_at(page("HOME"))


def test_a_list_is_newest_first_and_an_unknown_page_of_it_is_not_found(client, page):
    html = client.get("/actualites/").content.decode()
    assert html.index(page("NEWS_RELEASE").title) < html.index(page("NEWS_ORDER").title)
    for number in ("2", "0", "x"):
        assert client.get(f"/actualites/?page={number}").status_code == 404


def test_a_list_with_more_than_a_page_leads_on(client, page):
    for number in range(12):
        page("NEWS_INDEX").add_child(
            instance=NewsPage(
                title=f"Nouvelle {number}", slug=f"nouvelle-{number}", summary="…", date="2020-12-01"
            )
        )
    assert "?page=2" in client.get("/actualites/").content.decode()
    assert page("NEWS_ORDER").title in client.get("/actualites/?page=2").content.decode()


def test_a_list_without_entries_says_so(client, page):
    for name in ("NEWS_ORDER", "NEWS_RELEASE"):
        page(name).unpublish()
    response = client.get("/actualites/")
    assert response.status_code == 200
    assert "card-list" not in response.content.decode()


def test_only_reading_is_allowed_where_there_is_no_form(client):
    assert client.post("/actualites/").status_code == 405
    assert client.delete("/petition/").status_code == 405
