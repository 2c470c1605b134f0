"""A press release as it goes into a mail: as text that any program shows, and with a layout without style sheet."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from campaign.typography import typeset, typeset_text
from home.links import absolute

# Blocks of a body that say something in a mail; buttons and lists that make themselves are for the site.
SAID = {"heading", "paragraph", "plain", "quote"}
ENDS = {"p", "ol", "ul", "h1", "h2", "h3", "h4", "blockquote", "div", "section"}
SPACES = re.compile(r"[ \t\n\r]+")
HREF = re.compile(r'(href=")(/[^"]*)')


class _Text(HTMLParser):
    """Reads HTML that we made as paragraphs of text: lists keep their signs, links say where they lead."""

    def __init__(self, html: str):
        super().__init__()
        self.paragraphs: list[str] = []
        self._line = ""
        self._lists: list[int | None] = []  # the last number of an ordered list; None in one with bullets
        self._href = ""
        self._label = ""
        self.feed(html)
        self.close()
        self._end()

    def _end(self) -> None:
        lines = [SPACES.sub(" ", line).strip() for line in self._line.split("\f")]
        text = "\n".join(line for line in lines if line)
        if text:
            self.paragraphs.append(text)
        self._line = ""

    def handle_starttag(self, tag, attrs):
        if tag in ("ol", "ul"):
            if not self._lists:
                self._end()
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            if number is not None:
                self._lists[-1] = number + 1
            sign = "–" if number is None else f"{number + 1}."
            self._line += f"\f{sign} "
        elif tag == "br":
            self._line += "\f"
        elif tag == "a":
            self._href, self._label = dict(attrs).get("href") or "", ""
        elif tag in ENDS and not self._lists:
            self._end()

    def handle_endtag(self, tag):
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            if not self._lists:
                self._end()
        elif tag == "a" and self._href:
            address = urljoin(f"{settings.SITE_URL}/", self._href)
            if address not in (self._label, f"mailto:{self._label}"):
                self._line += f" ({address})"
            self._href = ""
        elif tag in ENDS and not self._lists:
            self._end()

    def handle_data(self, data):
        self._line += data
        self._label += data


def as_html(page, around: dict) -> SafeString:
    """Return the release with a layout of plain elements: addresses absolute, nothing loaded."""
    html = HREF.sub(lambda found: found[1] + absolute(found[2]), _rendered(page, around))
    return SafeString(typeset(html, page.language))  # what a template made


def as_text(page, around: dict) -> str:
    """Return the release as text: title, place and date, paragraphs, quotations, contact, address."""
    paragraphs = _Text(_rendered(page, around | {"as_text": True})).paragraphs
    return typeset_text("\n\n".join(paragraphs), page.language) + "\n"


def _rendered(page, around: dict) -> str:
    blocks = [block for block in page.body if block.block_type in SAID]
    own = {"page": page, "blocks": blocks, "address": absolute(page.url)}
    return render_to_string("home/press/mail.html", around | own)
