"""Every public address there is: what the resolver knows, with real values, and what links lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import product
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django.utils.regex_helper import normalize

from campaign.security import is_staff_path
from tests.real_site.site import SLUG, RealSite
from tests.real_site.visitor import Visitor

NOWHERE = (
    "/nulle-part/",
    "/en/nowhere/",
    "/petition/nulle-part/",
    "/signature/",
    "/static/nothing.css",
    "/media/x",
)
LEADS_ON = {("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action")}


@dataclass(frozen=True)
class Pattern:
    """One address of the resolver with gaps: `template` is filled with `%`; in one language."""

    template: str
    gaps: tuple[str, ...]
    language: str


def patterns() -> list[Pattern]:
    """Return every address that the resolver knows outside staff's side, in each language it exists in."""
    found: dict[str, Pattern] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for regex in _regexes(get_resolver().url_patterns):
                for template, gaps in normalize(regex):
                    found.setdefault(template, Pattern(template, tuple(gaps), code))
    return [pattern for pattern in found.values() if not is_staff_path(f"/{pattern.template}")]


def _regexes(entries: list, prefix: str = "") -> Iterator[str]:
    for entry in entries:
        regex = prefix + entry.pattern.regex.pattern.removeprefix("^").replace(r"\Z", "")
        if isinstance(entry, URLResolver):
            yield from _regexes(entry.url_patterns, regex)
        else:
            assert isinstance(entry, URLPattern)
            yield regex


def filled(values: dict[str, list[str]]) -> list[str]:
    """Return every address with every real value of its gaps.

    A value is known by the gap's name or, where the resolver gives the gap a mere number, by template and gap.
    """
    addresses = {}
    for pattern in patterns():
        known = [values.get(f"{pattern.template} {gap}") or values.get(gap) for gap in pattern.gaps]
        for gap, found in zip(pattern.gaps, known, strict=True):
            assert found, (
                f"/{pattern.template} takes “{gap}”: give it a real value in tests/promises/addresses.py"
            )
        for chosen in product(*(found for found in known if found)):
            addresses["/" + pattern.template % dict(zip(pattern.gaps, chosen, strict=True))] = pattern
    return list(addresses)


class Links(HTMLParser):
    """Reads where a page leads, and what it loads."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if value and (tag, name) in LEADS_ON]


def crawl(site: RealSite) -> dict[str, requests.Response]:
    """Return the answer of every public address that can be reached from both home pages and from the sitemap."""
    visitor = Visitor(site)
    sitemap = visitor.read("/sitemap.xml")
    waiting = [
        "/",
        "/en/",
        "/sitemap.xml",
        "/robots.txt",
        *re.findall(r"<loc>(.*?)</loc>", sitemap.text),
        *NOWHERE,
    ]
    seen: dict[str, requests.Response] = {}
    while waiting:
        url = urldefrag(urljoin(site.url, waiting.pop(0))).url
        path = url.removeprefix(site.url)
        if not url.startswith(site.url + "/") or path in seen or is_staff_path(path):
            continue
        seen[path] = answer = visitor.read(path)
        if answer.is_redirect:
            waiting.append(urljoin(url, answer.headers["Location"]))
        elif is_page(answer):
            waiting += [urljoin(url, link) for link in Links(answer.text).found]
    return seen


def every_address(site: RealSite, tokens: list[str]) -> list[str]:
    """Return the union of both: the crawl finds pages that staff made, the resolver those that no link leads to."""
    crawled = crawl(site)
    pages = [path for path, answer in crawled.items() if is_page(answer) and not urlsplit(path).query]
    english = [path for path in pages if path.startswith("/en/")]
    values = {
        "slug": [SLUG, "inconnue"],
        "digest": ["0" * 32],  # of a logo that nobody has published
        "token": tokens,
        "%(_0)s _0": [path[1:] for path in pages if path not in english],
        "en/%(_0)s _0": [path.removeprefix("/en/") for path in english],
        # Files below a page's address, made from it or attached to it; those that there are, the crawl finds.
        "path": ["communiques/"],
        "name": ["flux.xml", "partage.png", "dossier-de-presse.zip"],
        "document": ["1"],
        "kind": ["json", "csv", "exe"],
        "provider": ["brevo", "inconnu"],
        **_under_embargo(tokens[0]),
        "documents/%(_0)s/%(_1)s _0": ["1"],
        "documents/%(_0)s/%(_1)s _1": ["dossier.pdf"],
        "media/images/%(name)s name": ["inconnue.jpg", "inconnue.avif"],
    }
    return list(dict.fromkeys([*crawled, *filled(values)]))


def _under_embargo(token: str) -> dict[str, list[str]]:
    """Return values of the addresses of releases under embargo, of which one token that opens none is enough."""
    values: dict[str, list[str]] = {}
    for language in ("", "en/"):
        for below, name in (("", ""), ("%(name)s", "essai.pdf"), ("%(document)s/%(name)s", "essai.csv")):
            template = f"{language}embargo/%(token)s/{below}"
            values |= {f"{template} token": [token], f"{template} name": [name]}
    return values


def is_page(answer: requests.Response) -> bool:
    """Whether an answer is HTML."""
    return "html" in answer.headers.get("Content-Type", "")
