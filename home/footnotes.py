"""Footnotes: numbered in the order in which a text refers to them, with a way there and back."""

import re
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from wagtail.models import Page

# A reference as the editor stores it, and as Wagtail renders that (home.footnote_editor); what stands inside is the
# beginning of the note's key, for editors' eyes. It is a kind of link, so that translators get whole sentences: what
# wagtail-localize doesn't know for a part of a sentence breaks it in two.
STORED = re.compile(r'<a\b[^>]*\blinktype="note"[^>]*>.*?</a>', re.DOTALL)
RENDERED = re.compile(r'<a data-note="([^"]*)">.*?</a>', re.DOTALL)


@dataclass
class Note:
    """One footnote of a page, as one rendering of the page shows it."""

    number: int
    text: str
    references: list[int] = field(default_factory=list)


class Notes:
    """The footnotes of one page in one rendering of it.

    Made anew for each rendering and handed on in its context alone: what numbers notes must not be shared between
    two readers' requests, nor between a page and its PDF. A note that no text refers to is not listed.
    """

    def __init__(self, page: Page) -> None:
        self._texts = {str(footnote.uuid): footnote.text for footnote in page.footnotes.all()}
        self._listed: dict[str, Note] = {}

    def __iter__(self):
        return iter(self._listed.values())

    def __bool__(self) -> bool:
        return bool(self._listed)

    def refer(self, key: str) -> str:
        """Return the HTML of one more reference to a note; nothing where there is no such note any more."""
        if key not in self._texts:
            return ""
        note = self._listed.setdefault(key, Note(len(self._listed) + 1, self._texts[key]))
        note.references.append(len(note.references) + 1)
        return render_to_string(
            "blocks/note_reference.html", {"note": note, "reference": note.references[-1]}
        ).strip()


def stored_reference(key: str) -> str:
    """Return a reference as the editor stores it."""
    return f'<a linktype="note" id="{key}">[{key[:6]}]</a>'


def with_references(html: str, notes: Notes | None) -> str:
    """Put numbered links in the place of the references in a text; take them out where nobody lists the notes."""
    return RENDERED.sub(lambda match: notes.refer(match[1]) if notes is not None else "", html)
