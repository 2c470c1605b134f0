"""Places left to be filled in: what a page says where nobody has given the fact yet, and where it is put right.

A place is written into a text by hand (« [À compléter : … ] »), or stands in a part that is generated from the
organisation's facts (home.facts), one of which is missing.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Page

from home.facts import missing_facts, settings_url
from home.fields import BodyField

# What each such place begins with; the French catalogue has its French form.
MARK = gettext_noop("[To be completed")
# Relations of a page that no reader sees.
NOT_READ = {"wagtail_admin_comments"}
SHOWN_LENGTH = 120  # of a place whose bracket is never closed


@dataclass(frozen=True)
class Place:
    """One place left open: the field of the page it stands in, its words, and where else it is filled in, if not there.

    `field` is the name of a field of the page; empty where the fact is the organisation's, and then `url` leads there.
    """

    words: str
    label: str
    field: str = ""
    url: str = ""

    def __str__(self) -> str:
        if not self.label:
            return self.words
        return gettext("%(field)s: %(words)s") % {"field": self.label, "words": self.words}


@lru_cache
def marks() -> list[str]:
    """Return what a place left open begins with, in each language of the site."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(gettext(MARK))
    return found


def open_places(page: Page) -> list[Place]:
    """Return the places of a page, in its own class, that are still to be filled in; its own first."""
    return [*_written(page), *_generated(page)]


def has_open_place(page: Page) -> bool:
    """Whether a page, in its own class, says somewhere that something is still to be filled in."""
    return bool(open_places(page))


def _written(page: Page) -> Iterator[Place]:
    for name, value in page.serializable_data().items():
        if name in NOT_READ:
            continue
        for text in _texts(value):
            for words in places_in(text):
                yield Place(words, _label(page, name), name)


def wanted_facts(page: Page) -> list[str]:
    """Return the organisation's facts that a page, in its own class, can't do without, each once."""
    wanted: list[str] = []
    for field in page._meta.concrete_fields:
        if isinstance(field, BodyField):
            for child in getattr(page, field.name) or []:
                wanted += getattr(child.block, "wanted_facts", ())
    return list(dict.fromkeys(wanted))


def _generated(page: Page) -> Iterator[Place]:
    for fact in missing_facts(wanted_facts(page)):
        yield Place(fact.asked, "", url=settings_url())


def _texts(value: Any) -> Iterator[str]:
    """Yield every string of a field's value; bodies are stored as JSON within a string."""
    if isinstance(value, str):
        try:
            inner = json.loads(value) if value[:1] in {"[", "{"} else None
        except ValueError:
            inner = None
        if isinstance(inner, (list, dict)):
            yield from _texts(inner)
        else:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def places_in(text: str) -> Iterator[str]:
    """Yield each place of a text, as it is written there."""
    starts = "|".join(re.escape(mark) for mark in marks())
    for found in re.finditer(rf"(?:{starts})[^\]]*\]?", strip_tags(text)):
        yield found[0][:SHOWN_LENGTH]


def _label(page: Page, name: str) -> str:
    """Return what staff call a field of a page."""
    for field in page._meta.get_fields():
        if field.name == name and hasattr(field, "verbose_name"):
            return str(field.verbose_name)
    return ""
