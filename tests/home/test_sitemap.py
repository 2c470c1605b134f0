"""The sitemap lists what is live, in both languages, under SITE_URL."""

from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from home.sitemap import SITEMAP, XHTML


def addresses(response) -> list[str]:
    root = ElementTree.fromstring(response.content)
    return [node.text or "" for node in root.iter(f"{{{SITEMAP}}}loc")]


def test_it_lists_each_live_page_once_and_every_address_answers(client):
    with CaptureQueriesContext(connection) as statements:
        response = client.get("/sitemap.xml", headers={"host": "localhost"})
    found = addresses(response)
    assert response["Content-Type"].startswith("application/xml")
    assert len(statements) == 1
    assert len(found) == len(set(found)) == Page.objects.live().filter(depth__gt=1).count()
    for address in found:
        assert address.startswith("http://testserver/")
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_it_leaves_out_what_is_unpublished(client, page):
    gone = page("NEWS_ORDER", "en")
    gone.unpublish()
    assert f"http://testserver{gone.url}" not in addresses(client.get("/sitemap.xml"))


def test_it_tells_the_language_versions(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    entry = next(
        node for node in root if node.find(f"{{{SITEMAP}}}loc").text == "http://testserver/petition/"
    )
    versions = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{{{XHTML}}}link")}
    assert versions == {
        "fr": "http://testserver/petition/",
        "en": "http://testserver/en/petition/",
        "x-default": "http://testserver/petition/",
    }


def test_it_leaves_out_a_language_whose_home_page_is_unpublished(client, page):
    page("HOME", "en").unpublish()
    response = client.get("/sitemap.xml")
    assert "/en/" not in response.content.decode()
    for address in addresses(response):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_it_leaves_out_what_got_below_the_home_page_of_another_language(client, page):
    page("LEGAL").move(page("HOME", "en"), pos="last-child")
    assert "mentions-legales" not in client.get("/sitemap.xml").content.decode()
