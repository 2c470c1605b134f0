"""The list of contents of a long text: its headings, each with an address that can be read and stays."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from home.blocks.text import HeadingLevel

LEAST = 3  # headings; below that a reader sees the whole text at a glance
APOSTROPHES = re.compile("['\u2019]")
# What the page around the text calls its own parts.
TAKEN = ("main", "contents", "notes", "files", "cite", "share-url")


@dataclass
class Heading:
    """One heading, and those below it."""

    anchor: str
    text: str
    below: list["Heading"] = field(default_factory=list)


class Contents:
    """The headings of one body. The address of each is made of its words, and doesn't change while they don't."""

    def __init__(self, body: Iterable) -> None:
        self._anchors: dict[int, str] = {}
        self._sections: list[Heading] = []
        taken = set(TAKEN)
        self._values = [block.value for block in body if block.block_type == "heading"]
        for value in self._values:
            heading = Heading(_free(_words(value["text"]) or "section", taken), value["text"])
            self._anchors[id(value)] = heading.anchor
            is_below = value["level"] == HeadingLevel.SUBSECTION and self._sections
            (self._sections[-1].below if is_below else self._sections).append(heading)

    def __iter__(self) -> Iterator[Heading]:
        return iter(self._sections)

    def __bool__(self) -> bool:
        return len(self._anchors) >= LEAST

    def anchor_of(self, value) -> str:
        """Return the address of a heading of this body; nothing for a heading from elsewhere."""
        return self._anchors.get(id(value), "")


def _words(text: str) -> str:
    """Return a heading as a part of an address, as editors write the addresses of pages: "l-etat", "oeuvre"."""
    return slugify(string_to_ascii(APOSTROPHES.sub(" ", text)))


def _free(anchor: str, taken: set[str]) -> str:
    """Return an address that no other part has, and take it."""
    wanted, number = anchor, 1
    while anchor in taken or anchor.startswith("note-"):
        number += 1
        anchor = f"{wanted}-{number}" if not wanted.startswith("note-") else f"section-{wanted}"
    taken.add(anchor)
    return anchor
