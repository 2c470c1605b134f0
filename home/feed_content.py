"""A page's words as a feed carries them: whole, typeset, and right wherever they are read."""

from urllib.parse import urljoin

import nh3
from django.template.loader import render_to_string
from django.utils import translation

from campaign.typography import typeset
from home.footnotes import Notes
from home.links import absolute
from home.models import PositionPaperPage
from home.models.dated import DatedPage

# What any reader of feeds shows. Whatever else there is (classes, sources of pictures for browsers) would be lost.
TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "dl", "dt", "em", "figcaption", "figure"),
    *("h2", "h3", "h4", "hr", "i", "img", "li", "ol", "p", "q", "small", "strong", "sub", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "time", "ul"),
}
ATTRIBUTES = {"*": {"lang"}, "a": {"href", "hreflang"}, "img": {"src", "alt", "width", "height"}}
WITHOUT_ALL_IN_IT = {"script", "style", "form", "button", "nav", "template", "svg"}


def content(page: DatedPage) -> str:
    """Return the HTML of a page's text with its corrections, in its own language, every address absolute."""
    with translation.override(page.language):
        notes = Notes(page) if isinstance(page, PositionPaperPage) else None
        html = render_to_string("home/feed_entry.html", {"page": page, "self": page, "notes": notes})
    return typeset(_readable_anywhere(html, absolute(page.url)), page.language)


def _readable_anywhere(html: str, address: str) -> str:
    def make_absolute(tag: str, attribute: str, value: str) -> str:
        return urljoin(address, value) if attribute in ("href", "src") else value

    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=WITHOUT_ALL_IN_IT,
        attributes=ATTRIBUTES,
        attribute_filter=make_absolute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    ).strip()
