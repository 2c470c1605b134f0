"""Places left to be filled in: what a page says where nobody has given the fact yet."""

import json

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Page

# What each such place begins with; the French catalogue has its French form.
MARK = gettext_noop("[To be completed")


def marks() -> list[str]:
    """Return what a place left open begins with, in each language of the site."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(gettext(MARK))
    return found


def has_open_place(page: Page) -> bool:
    """Whether a page, in its own class, says somewhere that something is still to be filled in."""
    # Bodies are stored as JSON, which writes letters beyond ASCII as codes.
    wanted = {form for mark in marks() for form in (mark, json.dumps(mark)[1:-1])}
    words = [str(field.value_to_string(page)) for field in page._meta.concrete_fields]
    return any(mark in text for text in words for mark in wanted)
