"""A page that isn't there leads on, and tells nothing of pages that are kept from readers."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaign.errors import words_of_address

MOST_STATEMENTS = 9  # the way that leads nowhere, addresses that lead on, names and menu


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/communiques/essai-de-page/", "essai de page"),
        ("/en/news/a-page.html", "a page"),
        ("/pétition-numérique", "pétition numérique"),
        ("/", ""),
        ("/en/", ""),
        ("/a_b--c%20d/", "a b c 20d"),
        ("/signature/page/abc:def/", ""),
        ("/en/signature/confirmatoin/abc:def/", ""),
        ("/embargo/eyJ1Ijo/", ""),
        (f"/{'x' * 60}-essai/", "essai"),
        (f"/{'mot-' * 60}/", ("mot " * 20).strip()),
        ("/<script>alert(1)</script>/", "script"),
    ],
)
def test_the_words_of_an_address_are_its_last_part(address, words):
    assert words_of_address(address) == words


@pytest.mark.parametrize(
    ("address", "action", "ways"),
    [
        ("/actualites/essai-perdu/", "/recherche/", ["/petition/", "/", "/actualites/"]),
        ("/en/news/lost-trial/", "/en/search/", ["/en/petition/", "/en/", "/en/news/"]),
    ],
)
def test_it_offers_to_search_for_the_words_of_the_address_and_ways_on(client, address, action, ways):
    answer = client.get(address)
    html = main(answer.text)
    assert answer.status_code == 404
    assert '<meta name="robots" content="noindex">' in answer.text
    assert f'action="{action}"' in html
    assert f'value="{words_of_address(address)}"' in html
    for way in ways:
        assert f'href="{way}"' in html


def test_no_address_leaves_its_field(client):
    html = client.get("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/").text
    assert "<script>alert" not in html


def test_nothing_of_a_hidden_page_is_told(client, page):
    hidden = page("PRESS_RELEASE")
    hidden.unpublish()
    visible = page("NEWS_ORDER")
    for address in (hidden.url, f"{hidden.url[:-3]}/", f"/{hidden.slug}/", "/communiques/embargo/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert hidden.title not in answer.text
        assert hidden.summary not in answer.text
        assert visible.title not in answer.text


def test_it_is_cheap(client):
    client.get("/rien/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/rien/")
    assert len(statements) <= MOST_STATEMENTS, [query["sql"] for query in statements]


def test_an_error_of_ours_is_said_in_both_languages_without_asking_anything(monkeypatch):
    monkeypatch.setattr("home.search.view.results", lambda *_args: 1 / 0)
    client = Client(raise_request_exception=False)
    with CaptureQueriesContext(connection) as statements:
        answer = client.get("/recherche/?q=x")
    assert answer.status_code == 500
    assert '<meta name="robots" content="noindex">' in answer.text
    for words in (
        "Attendez quelques minutes",
        "Wait a few minutes",
        'href="/en/petition/"',
        'href="/petition/"',
    ):
        assert words in answer.text
    assert not statements.captured_queries
    assert "{%" not in (settings.BASE_DIR / "templates" / "500.html").read_text(encoding="utf-8")
