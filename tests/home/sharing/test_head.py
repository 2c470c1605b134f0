"""What a page's head says to those who share it and to search engines; nothing where an address holds a secret."""

import re
from html.parser import HTMLParser

import pytest
from wagtail.models import Page

from home.links import reachable
from home.models import Organisation

PAGES = ["HOME", "PETITION_PAGE", "PRESS_INDEX", "PRESS_RELEASE", "POSITION_PAPER", "NEWS_ORDER", "LEGAL"]
WANTED = {
    *("og:type", "og:title", "og:url", "og:site_name", "og:locale", "og:locale:alternate", "og:image"),
    *("og:image:type", "og:image:width", "og:image:height", "og:image:alt", "twitter:card"),
}


class Head(HTMLParser):
    """The meta elements of a page by their name, and its links."""

    def __init__(self, html: str):
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str]] = []
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "meta" and (name := told.get("property") or told.get("name")):
            self.meta.setdefault(name, []).append(told["content"])
        elif tag == "link":
            self.links.append(told)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_it_is_once(client, page, name, language):
    shown = page(name, language)
    head = Head(client.get(shown.url, headers={"host": "localhost"}).text)
    assert {key for key, values in head.meta.items() if len(values) == 1} >= WANTED
    meta = {key: values[0] for key, values in head.meta.items()}
    assert meta["og:url"] == f"http://testserver{shown.url}"
    assert (meta["og:locale"], meta["og:locale:alternate"]) == (
        ("fr_FR", "en_GB") if language == "fr" else ("en_GB", "fr_FR")
    )
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["twitter:card"] == "summary_large_image"
    assert "robots" not in meta
    assert all("localhost" not in value for value in meta.values())
    name = "partage.png" if language == "fr" else "share.png"
    assert re.fullmatch(rf"http://testserver{re.escape(shown.url)}{name}\?v=\d+", meta["og:image"])
    assert client.get(meta["og:image"].removeprefix("http://testserver"))["Content-Type"] == "image/png"


def test_what_is_dated_is_an_article_with_its_moments(client, page):
    head = Head(client.get(page("PRESS_RELEASE").url).text)
    assert head.meta["og:type"] == ["article"]
    assert head.meta["article:published_time"][0].startswith("2020-11-20T00:00:00+01:00")
    assert Head(client.get("/").text).meta["og:type"] == ["website"]


def test_the_petition_is_shared_by_what_is_signed(client, petition):
    for address, language in (("/petition/", "fr"), ("/en/petition/", "en")):
        title = Head(client.get(address).text).meta["og:title"][0]
        spaces = re.compile(r"\s")
        assert spaces.sub(" ", title) == spaces.sub(" ", petition.texts.get(language=language).title)


def test_signs_of_mark_up_stay_text(client, page):
    shown = page("NEWS_ORDER")
    shown.title = '"><script>alert(1)</script> & </script>'
    shown.save_revision().publish()
    html = client.get(shown.url).text
    assert "<script>alert" not in html
    assert html.count("</script>") == html.count("<script")
    assert Head(html).meta["og:title"][0].startswith('"><script>alert(1)')


@pytest.mark.parametrize("address", ["/recherche/?q=x", "/rien/", "/signature/message/", "/en/nowhere/"])
def test_what_is_no_page_of_the_site_says_nothing(client, address):
    html = client.get(address).text
    assert "og:" not in html
    assert "ld+json" not in html
    assert 'rel="canonical"' not in html


def test_a_form_with_mistakes_says_nothing(client, petition):
    answer = client.post("/petition/", {"email": "x@example.org", "first_name": "Essai"})
    assert answer.status_code == 422
    assert "ld+json" not in answer.text
    assert "og:" not in answer.text


def test_what_readers_cannot_find_asks_search_engines_to_forget_it(client, page):
    release = page("PRESS_RELEASE")
    page("PRESS_INDEX").unpublish()
    head = Head(client.get(release.url).text)
    assert head.meta["robots"] == ["noindex"]
    assert "og:title" not in head.meta


def test_without_an_organisation_the_head_is_whole_all_the_same(client):
    Organisation.objects.all().delete()
    for address in ("/", "/petition/", "/communiques/flux.xml"):
        assert client.get(address).status_code == 200


def test_a_page_in_one_language_names_no_other(client, page):
    page("NEWS_ORDER", "en").unpublish()
    head = Head(client.get(page("NEWS_ORDER").url).text)
    assert "og:locale:alternate" not in head.meta
    assert not [link for link in head.links if "hreflang" in link]


def test_each_language_version_names_all_and_itself(client):
    languages = {}
    for found in reachable(Page.objects.filter(depth__gt=1)).specific():
        head = Head(client.get(found.url).text)
        canonical = [link["href"] for link in head.links if link.get("rel") == "canonical"]
        assert canonical == [f"http://testserver{found.url}"]
        languages[canonical[0]] = {
            link["hreflang"]: link["href"] for link in head.links if "hreflang" in link
        }
    for address, versions in languages.items():
        if versions:
            assert set(versions) == {"fr", "en", "x-default"}
            assert versions["x-default"] == versions["fr"]
            assert address in versions.values()
            assert all(languages[other] == versions for other in versions.values())
