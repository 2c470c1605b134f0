"""Feeds (RSS 2.0), one per list and language: whole texts, right wherever they are read, telling nobody who reads.

Why RSS and what each element holds: docs/decisions/0110-feeds-in-rss.md.
"""

import hashlib
import re
import uuid
from email.utils import format_datetime
from xml.etree import ElementTree

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaign.typography import typeset_text
from home.feed_content import content
from home.links import absolute
from home.models import CampaignPage, Organisation
from home.models.dated import DatedPage
from home.models.feed import FEED_NAMES, HasFeed

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
ATOM = "http://www.w3.org/2005/Atom"
FEEDS = uuid.UUID("0b6f7c1a-38a5-4c07-9a53-1c7d0f3a7a52")  # any constant: entries keep their names for good
ASK_AGAIN = "60"  # minutes, for readers that heed it
# What XML 1.0 can't hold, not even written as a number.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@require_safe
def feed_of_page(request: HttpRequest, path: str, name: str) -> HttpResponseBase:
    """Answer the feed below the page at `path`; 404 where the page is hidden or has none of this name."""
    found = Page.route_for_request(request, path)
    page = found.page if found else None
    if (
        not isinstance(page, CampaignPage)
        or not isinstance(page, HasFeed)
        or name != FEED_NAMES[page.language]
    ):
        raise Http404
    entries = page.feed_entries()
    xml = feed(page, entries)
    etag = quote_etag(hashlib.sha256(xml).hexdigest())
    response = HttpResponse(xml, content_type="application/rss+xml; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(int(_changed_at(page, entries).timestamp()))
    # By the ETag alone: after an entry was taken down, the newest moment is an older one.
    return get_conditional_response(request, etag=etag, response=response) or response


def feed(page, entries: list[DatedPage]) -> bytes:
    """Return the feed of a page: UTF-8, in the page's language."""
    language = page.language
    organisation = Organisation.current()
    with translation.override(language):
        title = f"{page.title} – {organisation.site_name}" if organisation.site_name else page.title
    root = ElementTree.Element(
        "rss", {"version": "2.0", "xmlns:content": CONTENT, "xmlns:dc": DUBLIN_CORE, "xmlns:atom": ATOM}
    )
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", typeset_text(title, language))
    _add(channel, "link", absolute(page.url))
    _add(channel, "description", typeset_text(page.search_description or page.intro or title, language))
    _add(channel, "language", language)
    _add(channel, "lastBuildDate", format_datetime(_changed_at(page, entries)))
    _add(channel, "ttl", ASK_AGAIN)
    own = {"href": absolute(page.feed_url), "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, "atom:link", own)
    for entry in entries:
        _add_entry(channel, entry, organisation)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_entry(channel: ElementTree.Element, page: DatedPage, organisation: Organisation) -> None:
    item = ElementTree.SubElement(channel, "item")
    _add(item, "title", typeset_text(page.title, page.language))
    _add(item, "link", absolute(page.url))
    guid = _add(item, "guid", lasting_name(page))
    guid.set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(page.published_at))
    if page.last_published_at and page.last_published_at > page.published_at:
        _add(item, "atom:updated", timezone.localtime(page.last_published_at).isoformat(timespec="seconds"))
    _add(item, "dc:creator", getattr(page, "author", "") or organisation.name)
    _add(item, "category", getattr(page, "topic", ""))
    _add(item, "description", typeset_text(page.summary, page.language))
    _add(item, "content:encoded", content(page))


def lasting_name(page: Page) -> str:
    """Return the name of an entry, which stays when its address, its title or the site's domain change."""
    return uuid.uuid5(FEEDS, f"{page.translation_key}/{page.locale.language_code}").urn


def _changed_at(page: Page, entries: list[DatedPage]):
    """Return when the newest of what is told was published, in the site's time zone."""
    moments = [one.last_published_at for one in (page, *entries) if one.last_published_at]
    return timezone.localtime(max(moments, default=page.latest_revision_created_at or timezone.now()))


def _add(parent: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    """Add an element with its text; none where there is no text to tell."""
    element = ElementTree.Element(tag)
    element.text = NOT_XML.sub("", text)
    if element.text:
        parent.append(element)
    return element
