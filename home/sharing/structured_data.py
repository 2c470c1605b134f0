"""What a page is, in the words of schema.org (JSON-LD). Pure functions; docs: https://schema.org/docs/gs.html."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from home.sharing.facts import IMAGE_SIZE, Shared

ARTICLES = {"PressReleasePage": "NewsArticle", "NewsPage": "NewsArticle", "PositionPaperPage": "Article"}
HEADLINE_LENGTH = 110  # letters: what search engines show
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}  # no text ends the element


@dataclass(frozen=True)
class SiteFacts:
    """Whose site it is; addresses are absolute."""

    name: str
    organisation: str
    home: str
    logo: str
    search: str  # with {search_term_string} where the words go


def graph(told: Shared, site: SiteFacts, page_type: str) -> dict[str, Any]:
    """Return organisation, site, page, way to it and, for what is dated, the article, each pointing at the others."""
    nodes = [_organisation(site), _website(told, site), _web_page(told, site)]
    if len(told.crumbs) > 1:
        nodes.append(_breadcrumbs(told))
    if page_type in ARTICLES:
        nodes.append(_article(told, site, ARTICLES[page_type]))
    return {"@context": "https://schema.org", "@graph": nodes}


def script(data: dict[str, Any]) -> SafeString:
    """Return a block of data that browsers don't run, so that no policy against inline scripts concerns it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 - escaped above


def _organisation(site: SiteFacts) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "@id": f"{site.home}#organisation",
        "name": site.organisation or site.name,
        "url": site.home,
        "logo": _picture(site.logo, 180, 180),
    }


def _website(told: Shared, site: SiteFacts) -> dict[str, Any]:
    target = {"@type": "EntryPoint", "urlTemplate": site.search}
    return {
        "@type": "WebSite",
        "@id": f"{site.home}#site",
        "name": site.name,
        "url": site.home,
        "inLanguage": told.language,
        "publisher": {"@id": f"{site.home}#organisation"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }


def _web_page(told: Shared, site: SiteFacts) -> dict[str, Any]:
    page = {
        "@type": "CollectionPage" if told.kind == "list" else "WebPage",
        "@id": told.url,
        "url": told.url,
        "name": told.title,
        "description": told.description,
        "inLanguage": told.language,
        "isPartOf": {"@id": f"{site.home}#site"},
        "primaryImageOfPage": _image(told),
        "datePublished": _moment(told.published_at),
        "dateModified": _moment(told.changed_at),
        "breadcrumb": {"@id": f"{told.url}#breadcrumb"} if len(told.crumbs) > 1 else None,
    }
    return _without_nothing(page)


def _article(told: Shared, site: SiteFacts, kind: str) -> dict[str, Any]:
    publisher = {"@id": f"{site.home}#organisation"}
    article = {
        "@type": kind,
        "@id": f"{told.url}#article",
        "mainEntityOfPage": {"@id": told.url},
        "headline": told.title if len(told.title) <= HEADLINE_LENGTH else _cut(told.title),
        "description": told.description,
        "image": [told.image],
        "datePublished": _moment(told.published_at),
        "dateModified": _moment(max(filter(None, (told.published_at, told.changed_at)), default=None)),
        "inLanguage": told.language,
        "author": {"@type": "Person", "name": told.author} if told.author else publisher,
        "publisher": publisher,
        "isAccessibleForFree": True,
    }
    return _without_nothing(article)


def _breadcrumbs(told: Shared) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(told.crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{told.url}#breadcrumb", "itemListElement": items}


def _image(told: Shared) -> dict[str, Any]:
    return _picture(told.image, *IMAGE_SIZE)


def _picture(url: str, width: int, height: int) -> dict[str, str]:
    # In pixels, and as texts: to schema.org a bare number is no length.
    return {"@type": "ImageObject", "url": url, "width": str(width), "height": str(height)}


def _cut(title: str) -> str:
    return f"{title[: HEADLINE_LENGTH - 2].rpartition(' ')[0]} …"


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _without_nothing(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "")}
