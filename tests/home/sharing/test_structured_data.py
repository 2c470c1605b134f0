"""JSON-LD: valid by schema.org's words, whole by what search engines ask, and never a way into the page."""

import json
import re
from copy import deepcopy
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from home.sharing.facts import Shared
from home.sharing.structured_data import SiteFacts, graph, script
from tests.home.sharing.vocabulary import faults

PARIS = ZoneInfo("Europe/Paris")
SITE = SiteFacts(
    name="Essai",
    organisation="Association d’essai",
    home="https://petition.example.org/",
    logo="https://petition.example.org/static/logo.png",
    search="https://petition.example.org/recherche/?q={search_term_string}",
)
RELEASE = Shared(
    kind="dated",
    language="fr",
    url="https://petition.example.org/communiques/essai/",
    title="Essai",
    description="Un essai.",
    kicker="Communiqué de presse",
    image="https://petition.example.org/communiques/essai/partage.png",
    published_at=datetime(2020, 11, 20, tzinfo=PARIS),
    changed_at=datetime(2020, 11, 21, 9, 30, tzinfo=PARIS),
    crumbs=[
        ("Accueil", "https://petition.example.org/"),
        ("Essai", "https://petition.example.org/communiques/essai/"),
    ],
)
TYPES = {
    "HOME": "WebPage",
    "PETITION_PAGE": "WebPage",
    "PRESS_INDEX": "CollectionPage",
    "PRESS_RELEASE": "NewsArticle",
    "POSITION_PAPER": "Article",
    "NEWS_ORDER": "NewsArticle",
    "LEGAL": "WebPage",
}


def read(html: str) -> dict:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 1
    return json.loads(blocks[0])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("name", "kind"), TYPES.items())
def test_every_page_tells_what_it_is_in_valid_words(client, page, name, kind, language):
    shown = page(name, language)
    data = read(client.get(shown.url, headers={"host": "localhost"}).text)
    assert faults(data) == []
    types = [node["@type"] for node in data["@graph"]]
    assert kind in types
    assert {"Organization", "WebSite"} <= set(types)
    assert ("BreadcrumbList" in types) == (name != "HOME")
    assert "localhost" not in json.dumps(data)
    of_the_page = next(node for node in data["@graph"] if node["@id"] == f"http://testserver{shown.url}")
    assert of_the_page["inLanguage"] == language


def test_an_article_says_when_by_whom_and_in_which_picture():
    article = next(node for node in graph(RELEASE, SITE, "PressReleasePage")["@graph"] if "headline" in node)
    assert article["datePublished"] == "2020-11-20T00:00:00+01:00"
    assert article["dateModified"] == "2020-11-21T09:30:00+01:00"
    assert article["image"] == [RELEASE.image]
    assert article["author"] == article["publisher"] == {"@id": "https://petition.example.org/#organisation"}


def test_the_search_of_the_site_is_told(client):
    site = next(node for node in read(client.get("/en/").text)["@graph"] if node["@type"] == "WebSite")
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/en/search/?q={search_term_string}"
    address = action["target"]["urlTemplate"].removeprefix("http://testserver")
    assert client.get(address.replace("{search_term_string}", "petition")).status_code == 200


def test_the_way_to_a_page_is_that_of_its_crumbs(client, page):
    data = read(client.get(page("PRESS_RELEASE").url).text)
    crumbs = next(node for node in data["@graph"] if node["@type"] == "BreadcrumbList")["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3]
    assert crumbs[1]["item"] == "http://testserver/communiques/"


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--", "&amp; \u2028\u2029", "]]>", '"\\']
)
def test_no_text_leaves_its_block(words):
    told = deepcopy(RELEASE)
    object.__setattr__(told, "title", words)
    html = script(graph(told, SITE, "NewsPage"))
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&\u2028\u2029")
    assert words in {node.get("name") for node in json.loads(inside)["@graph"]}


def test_a_long_title_is_cut_between_words():
    told = deepcopy(RELEASE)
    object.__setattr__(told, "title", "mot " * 60)
    data = graph(told, SITE, "NewsPage")
    assert faults(data) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda node: node.pop("publisher"),
        lambda node: node.update(datePublished="20/11/2020"),
        lambda node: node.update(image=["/partage.png"]),
        lambda node: node.update(signature=1),
        lambda node: node.update(author={"@id": "#nobody"}),
        lambda node: node.update(headline="x" * 200),
    ],
)
def test_the_check_itself_sees_what_is_wrong(spoil):
    data = graph(RELEASE, SITE, "PressReleasePage")
    assert faults(data) == []
    spoil(next(node for node in data["@graph"] if node["@type"] == "NewsArticle"))
    assert faults(data)
