"""Feeds: valid, whole, in the language of their list, and telling of nothing that readers can't open."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.rich_text import RichText
from wagtail_footnotes.models import Footnote

from home.feeds import ATOM, CONTENT
from home.footnotes import stored_reference
from home.models import NewsPage, PressReleasePage
from home.models.dated import IN_A_FEED

FEEDS = {
    "/communiques/flux.xml": "fr",
    "/en/press-releases/feed.xml": "en",
    "/positions/flux.xml": "fr",
    "/en/position-papers/feed.xml": "en",
    "/actualites/flux.xml": "fr",
    "/en/news/feed.xml": "en",
    "/petition/flux.xml": "fr",
    "/en/petition/feed.xml": "en",
}
MOST_STATEMENTS = 12  # the way to the page, the organisation, the entries


class Addresses(HTMLParser):
    """Every address in a piece of HTML, and its tags."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name in ("href", "src", "srcset", "poster", "data")]


def faults(xml: bytes) -> list[str]:
    """Return what the RSS 2.0 specification, and the profile of the RSS Advisory Board, would find wrong."""
    found = []
    root = ElementTree.fromstring(xml)
    channels = root.findall("channel")
    if (root.tag, root.get("version"), len(channels)) != ("rss", "2.0", 1):
        found.append("no single channel of RSS 2.0")
    channel = channels[0]
    for name in ("title", "link", "description", "language", "lastBuildDate", f"{{{ATOM}}}link"):
        if len(channel.findall(name)) != 1:
            found.append(f"channel: {name} is not there once")
    names = []
    for item in channel.findall("item"):
        for name in ("title", "link", "guid", "pubDate", "description", f"{{{CONTENT}}}encoded"):
            if len(item.findall(name)) != 1 or not (item.findtext(name) or "").strip():
                found.append(f"item: {name} is not there once")
        names.append(item.findtext("guid"))
        if item.find("guid[@isPermaLink='false']") is None:
            found.append("guid passes for an address")
        if "<" in item.findtext("title", ""):
            found.append("mark-up in a title")
        addresses = Addresses(item.findtext(f"{{{CONTENT}}}encoded", ""))
        found += [
            f"not absolute: {one}" for one in addresses.found if not re.match("https?:|mailto:|tel:", one)
        ]
        found += [
            f"tag {tag}" for tag in addresses.tags if tag in ("script", "form", "input", "iframe", "style")
        ]
        found += [f"tracking: {one}" for one in addresses.found if "utm_" in one]
    if len(names) != len(set(names)):
        found.append("two entries have one guid")
    for node in root.iter():
        if node.tag in ("pubDate", "lastBuildDate"):
            moment = parsedate_to_datetime(node.text or "")
            if moment.tzinfo is None or not re.search(r"[+-]\d{4}$", node.text or ""):
                found.append(f"no offset: {node.text}")
        if node.tag == "link" and urlsplit(node.text).netloc != "testserver":
            found.append(f"another domain: {node.text}")
    return found


@pytest.fixture
def write(page):
    """Publish a piece of news."""

    def publish(title: str, language: str = "fr", body=(), **fields) -> NewsPage:
        index = page("NEWS_INDEX", language)
        fields.setdefault("summary", "Essai.")
        news = index.add_child(
            instance=NewsPage(title=title, locale=index.locale, body=list(body), live=False, **fields)
        )
        news.save_revision().publish()
        return NewsPage.objects.get(pk=news.pk)

    return publish


def entries(client, address: str) -> list:
    answer = client.get(address)
    assert answer.status_code == 200
    read = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not read.bozo, read.get("bozo_exception")
    return read.entries


@pytest.mark.parametrize(("address", "language"), FEEDS.items())
def test_every_feed_is_valid_in_its_language_and_under_our_domain(client, address, language):
    answer = client.get(address, headers={"host": "localhost"})
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert faults(answer.content) == []
    read = feedparser.parse(answer.content)
    assert (read.version, read.bozo, read.encoding) == ("rss20", False, "utf-8")
    assert read.feed.language == language
    assert read.feed.link == f"http://testserver{address.rpartition('/')[0]}/"
    assert [link.href for link in read.feed.links if link.rel == "self"] == [f"http://testserver{address}"]
    assert "localhost" not in answer.text


def test_each_list_tells_of_its_own_pages_in_its_own_language(client, page):
    for name, index in (("PRESS_RELEASE", "PRESS_INDEX"), ("POSITION_PAPER", "POSITION_INDEX")):
        for language in ("fr", "en"):
            address = page(index, language).feed_url
            assert [entry.link for entry in entries(client, address)] == [page(name, language).full_url]


def test_the_petition_has_a_feed_of_its_updates(client, write, petition, page):
    NewsPage.objects.update(petition=None)
    update = write("Essai de nouvelle", petition=petition)
    write("Essai d’autre chose")
    english = write("A trial of news", "en", petition=petition)
    assert [entry.link for entry in entries(client, "/petition/flux.xml")] == [update.full_url]
    assert [entry.link for entry in entries(client, "/en/petition/feed.xml")] == [english.full_url]


def test_signs_of_mark_up_and_french_quotation_marks_come_through(client, write):
    write(
        "R&D « ouverte » : 1 234 € ?",
        summary="A & B < C",
        body=[("plain", "L'« œuvre » & co : 5 < 6")],
    )
    newest = entries(client, "/actualites/flux.xml")[0]
    raw = client.get("/actualites/flux.xml").content
    titles = [node.text for node in ElementTree.fromstring(raw).iter("title")]
    assert any(
        re.match(r"R&D «[\u202f\u00a0]ouverte[\u202f\u00a0]»[\u202f\u00a0]: 1\u202f234", title)
        for title in titles
    )
    assert "<p>" in newest.content[0].value
    assert "&amp; co" in newest.content[0].value
    assert "5 &lt; 6" in newest.content[0].value
    assert "’«" in newest.content[0].value


def test_what_xml_cannot_hold_is_left_out(client, write):
    news = write("Essai")
    NewsPage.objects.filter(pk=news.pk).update(summary="un\x0bdeux\x1f\ufffe")
    assert entries(client, "/actualites/flux.xml")[0].summary == "undeux"
    assert faults(client.get("/actualites/flux.xml").content) == []


def test_links_in_the_text_are_absolute(client, write, page):
    link = f'<p><a linktype="page" id="{page("PETITION_PAGE").pk}">la pétition</a>, <a href="#x">ici</a></p>'
    news = write("Essai", body=[("paragraph", link)])
    html = entries(client, "/actualites/flux.xml")[0].content[0].value
    assert 'href="http://testserver/petition/"' in html
    assert f'href="{news.full_url}#x"' in html


@pytest.fixture
def paper(page):
    """A published position paper with two footnotes, of which its text refers to one."""
    found, keys = page("POSITION_PAPER"), [str(uuid.uuid4()), str(uuid.uuid4())]
    found.footnotes = [
        Footnote(uuid=key, text=f"<p>Wapiti {number}</p>") for number, key in enumerate(keys, start=1)
    ]
    found.body = [("paragraph", RichText(f"<p>Zyzzyva{stored_reference(keys[1])}.</p>"))]
    found.save_revision().publish()
    return found


def test_notes_go_with_the_text_that_refers_to_them(client, paper):
    html = entries(client, "/positions/flux.xml")[0].content[0].value
    assert "Wapiti 2" in html
    assert "Wapiti 1" not in html
    assert f'href="{paper.full_url}#note-1"' in html
    assert paper.search_entry.text.count("Wapiti") == 1
    assert client.get("/recherche/?q=wapiti").context["found"].number == 1


def test_the_newest_by_publication_come_first_and_twenty_of_them(client, write):
    for day in range(1, 25):
        write(f"Essai {day}", date=f"2021-01-{day:02}")
    late = write("Essai ancien", date="2020-01-01")
    found = entries(client, "/actualites/flux.xml")
    assert len(found) == IN_A_FEED
    moments = [entry.published_parsed for entry in found]
    assert moments == sorted(moments, reverse=True)
    assert found[0].title == "Essai 24"
    assert late.full_url not in [entry.link for entry in found]


def test_the_moment_of_publication_has_the_offset_of_paris(client, write):
    write("Hiver", date="2021-01-15")
    write("Été", date="2021-07-15")
    published = {entry.title: entry.published for entry in entries(client, "/actualites/flux.xml")}
    assert published["Hiver"] == "Fri, 15 Jan 2021 00:00:00 +0100"
    assert published["Été"] == "Thu, 15 Jul 2021 00:00:00 +0200"
    today = write("Aujourd’hui")
    moment = parsedate_to_datetime(entries(client, "/actualites/flux.xml")[0].published)
    assert abs(moment - today.first_published_at) < timedelta(seconds=1)


def test_an_entry_keeps_its_name_when_its_address_and_title_change(client, write):
    news = write("Essai")
    before = entries(client, "/actualites/flux.xml")[0]
    news.title, news.slug = "Autre essai", "autre-essai"
    news.save_revision().publish()
    after = entries(client, "/actualites/flux.xml")[0]
    assert before.id == after.id
    assert before.link != after.link
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", after.id)
    english = {entry.id for entry in entries(client, "/en/news/feed.xml")}
    assert english.isdisjoint(entry.id for entry in entries(client, "/actualites/flux.xml"))


def test_the_feed_follows_its_page(client, page):
    index = page("NEWS_INDEX")
    index.slug = "nouvelles"
    index.save_revision().publish()
    assert client.get("/nouvelles/flux.xml").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/flux.xml",
        "/en/feed.xml",
        "/actualites/feed.xml",
        "/en/news/flux.xml",
        "/rien/flux.xml",
        "/en/actualites/flux.xml",
    ],
)
def test_there_is_no_other_feed(client, address):
    assert client.get(address).status_code == 404


def test_nothing_hidden_is_told(client, page, write):
    release, news = page("PRESS_RELEASE"), page("NEWS_ORDER")
    rows = PressReleasePage.objects.filter(pk=release.pk)
    rows.update(embargo_until=timezone.now() + timedelta(minutes=1))
    assert entries(client, "/communiques/flux.xml") == []
    rows.update(embargo_until=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(entries(client, "/communiques/flux.xml")) == 1
    news.unpublish()
    assert news.title not in [entry.title for entry in entries(client, "/actualites/flux.xml")]
    draft = write("Essai secret")
    draft.unpublish()
    assert "secret" not in client.get("/actualites/flux.xml").text
    page("NEWS_INDEX").unpublish()
    assert client.get("/actualites/flux.xml").status_code == 404


def test_who_asks_again_is_told_that_nothing_has_changed(client, write):
    address = "/actualites/flux.xml"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert parsedate_to_datetime(first["Last-Modified"]) <= timezone.now()
    write("Essai")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_after_something_was_taken_down_the_feed_is_answered_anew(client, page):
    address = "/actualites/flux.xml"
    last = client.get(address)["Last-Modified"]
    page("NEWS_RELEASE").unpublish()
    assert client.get(address, headers={"if-modified-since": last}).status_code == 200


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/", ["/petition/flux.xml", "/communiques/flux.xml", "/positions/flux.xml", "/actualites/flux.xml"]),
        ("/communiques/", ["/communiques/flux.xml"]),
        ("/en/news/", ["/en/news/feed.xml"]),
        ("/petition/", ["/petition/flux.xml"]),
        ("/mentions-legales/", []),
    ],
)
def test_feeds_are_named_in_the_head_of_their_pages(client, address, wanted):
    head = client.get(address).text.partition("</head>")[0]
    links = re.findall(
        r'<link rel="alternate" type="application/rss\+xml" title="[^"]+" href="([^"]+)">', head
    )
    assert links == [f"http://testserver{path}" for path in wanted]


def test_a_feed_costs_the_same_with_one_entry_and_with_ten(client, write):
    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            client.get("/actualites/flux.xml")
        return len(statements)

    client.get("/actualites/flux.xml")
    before = cost()
    for number in range(8):
        write(f"Essai {number}", body=[("plain", "Un mot."), ("heading", {"text": "Titre", "level": "h2"})])
    assert cost() == before
    assert before <= MOST_STATEMENTS


def test_only_reading_is_possible(client):
    assert client.post("/actualites/flux.xml").status_code == 405
    answer = client.get("/actualites/flux.xml")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
