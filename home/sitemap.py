"""The list of all pages that can be opened, for search engines, with their language versions."""

from collections import defaultdict
from uuid import UUID
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.links import absolute, page_path, reachable

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MOST = 50_000  # addresses: what the sitemap protocol allows in one file


def pages_to_list():
    """Return what a reader can open in all languages, with what an address needs."""
    fields = ("path", "depth", "url_path", "translation_key", "last_published_at", "locale__language_code")
    pages = reachable(Page.objects.all()).select_related("locale")
    return pages.only(*fields).order_by("path")[:MOST]


@require_safe
def sitemap(request) -> HttpResponse:
    """Answer the sitemap: addresses from SITE_URL, last publication, and alternates."""
    addresses = {}
    versions: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for page in pages_to_list():
        language = page.locale.language_code
        addresses[page] = absolute(page_path(page.url_path, language))
        versions[page.translation_key][language] = addresses[page]

    root = ElementTree.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page, address in addresses.items():
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = address
        if page.last_published_at:
            ElementTree.SubElement(entry, "lastmod").text = page.last_published_at.isoformat(
                timespec="seconds"
            )
        alternates = dict(versions[page.translation_key])
        if len(alternates) > 1:
            alternates["x-default"] = alternates[settings.LANGUAGE_CODE]
            for language, alternate in alternates.items():
                attributes = {"rel": "alternate", "hreflang": language, "href": alternate}
                ElementTree.SubElement(entry, "xhtml:link", attributes)
    xml = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")
