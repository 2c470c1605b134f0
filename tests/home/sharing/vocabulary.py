"""What schema.org lets each type say, and what search engines ask of it; written from their pages, for what we use.

https://schema.org/<Type>; https://developers.google.com/search/docs/appearance/structured-data/ (article, breadcrumb,
organization; for sites, the sitelinks search box as it was last described).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

THING = {"name", "url", "description", "image", "mainEntityOfPage", "potentialAction", "sameAs", "identifier"}
CREATIVE_WORK = THING | {
    *("author", "publisher", "headline", "datePublished", "dateModified", "inLanguage", "isPartOf"),
    *("isAccessibleForFree", "abstract", "keywords", "license", "about", "correction", "version", "citation"),
}
WEB_PAGE = CREATIVE_WORK | {
    "breadcrumb",
    "primaryImageOfPage",
    "lastReviewed",
    "mainContentOfPage",
    "relatedLink",
}
ARTICLE = CREATIVE_WORK | {"articleBody", "articleSection", "wordCount", "speakable"}


@dataclass(frozen=True)
class Type:
    """The properties that a type has, and those without which it says too little."""

    has: set[str]
    needs: set[str]


TYPES = {
    "Organization": Type(
        THING | {"logo", "email", "telephone", "address", "legalName"}, {"name", "url", "logo"}
    ),
    "Person": Type(THING | {"jobTitle", "affiliation"}, {"name"}),
    "WebSite": Type(CREATIVE_WORK | {"issn"}, {"name", "url", "potentialAction"}),
    "WebPage": Type(WEB_PAGE, {"name", "url", "inLanguage", "isPartOf"}),
    "CollectionPage": Type(WEB_PAGE, {"name", "url", "inLanguage", "isPartOf"}),
    "NewsArticle": Type(
        ARTICLE | {"dateline", "printEdition"},
        {"headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"},
    ),
    "Article": Type(
        ARTICLE,
        {"headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"},
    ),
    "BreadcrumbList": Type(
        THING | {"itemListElement", "itemListOrder", "numberOfItems"}, {"itemListElement"}
    ),
    "ListItem": Type(THING | {"position", "item"}, {"position", "name", "item"}),
    "SearchAction": Type(THING | {"target", "query-input", "query"}, {"target", "query-input"}),
    "EntryPoint": Type(THING | {"urlTemplate", "actionPlatform"}, {"urlTemplate"}),
    "ImageObject": Type(CREATIVE_WORK | {"width", "height", "contentUrl", "caption"}, {"url"}),
}
# What a property may point at, where it isn't a text.
RANGES = {
    "author": {"Organization", "Person"},
    "publisher": {"Organization", "Person"},
    "isPartOf": {"WebSite", "WebPage"},
    "breadcrumb": {"BreadcrumbList"},
    "potentialAction": {"SearchAction"},
    "target": {"EntryPoint"},
    "logo": {"ImageObject"},
    "primaryImageOfPage": {"ImageObject"},
    "mainEntityOfPage": {"WebPage", "CollectionPage"},
    "itemListElement": {"ListItem"},
}


def _is_address(value: Any) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return bool(parts and parts.scheme in ("http", "https") and parts.netloc)


def _is_moment(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_language(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", value))


VALUES: dict[str, Callable[[Any], bool]] = {
    "url": _is_address,
    "item": _is_address,
    "datePublished": _is_moment,
    "dateModified": _is_moment,
    "inLanguage": _is_language,
    "headline": lambda value: isinstance(value, str) and 0 < len(value) <= 110,
    "name": lambda value: isinstance(value, str) and bool(value.strip()),
    "position": lambda value: isinstance(value, int),
    "width": lambda value: isinstance(value, str) and value.isdigit(),
    "height": lambda value: isinstance(value, str) and value.isdigit(),
    "isAccessibleForFree": lambda value: isinstance(value, bool),
}


def faults(data: dict[str, Any]) -> list[str]:
    """Return what is wrong with a block of JSON-LD."""
    if data.get("@context") != "https://schema.org":
        return ["not of schema.org"]
    nodes = data["@graph"]
    names = [node["@id"] for node in nodes]
    found = [] if len(names) == len(set(names)) else ["two nodes have one name"]
    known = {node["@id"]: node["@type"] for node in nodes}
    for node in nodes:
        found += _faults_of(node, known, node.get("@type", "?"))
    return found


def _faults_of(node: dict[str, Any], known: dict[str, str], where: str) -> list[str]:
    kind = node.get("@type")
    if kind not in TYPES:
        return [f"{where}: no type {kind}"]
    names = {name for name in node if not name.startswith("@")}
    found = [f"{where}: {kind} has no {name}" for name in sorted(names - TYPES[kind].has)]
    found += [f"{where}: {name} is missing" for name in sorted(TYPES[kind].needs - names)]
    for name in names:
        values = node[name] if isinstance(node[name], list) else [node[name]]
        for value in values:
            found += _faults_of_value(name, value, known, f"{where}.{name}")
    return found


def _faults_of_value(name: str, value: Any, known: dict[str, str], where: str) -> list[str]:
    if value in (None, "", [], {}):
        return [f"{where}: empty"]
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            kind = known.get(value["@id"])
            return [] if kind in RANGES.get(name, {kind}) and kind else [f"{where}: points at {kind}"]
        wrong = (
            [] if value.get("@type") in RANGES.get(name, {value.get("@type")}) else [f"{where}: wrong type"]
        )
        return wrong + _faults_of(value, known, where)
    if name == "image":
        return [] if _is_address(value) else [f"{where}: no address"]
    return [] if VALUES.get(name, lambda _value: True)(value) else [f"{where}: {value!r}"]
