"""What the rules have in common: a change to a text, what they read of it, and the places that none may touch."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

NARROW = "\u202f"  # before ; ! ? and between thousands
NO_BREAK = "\u00a0"  # before : and units, after a day and a title
QUOTE_SPACE = NO_BREAK  # inside « »; some houses take NARROW here

# In what the rules read of a page: the end of a block, white space to Python; and something that is no text.
EDGE = "\x1e"
OBJECT = "\ufffc"


class Edit(NamedTuple):
    """Put `new` in the place of `text[start:end]`; with start == end, before the character at start."""

    start: int
    end: int
    new: str


# Addresses (also without their scheme), e-mail addresses and handles, paths of files.
_ANCHOR = re.compile(
    r"[@\\:/.](?:(?<=[@\\])|(?<=:)(?=//)|(?<=\bmailto:)|(?<=\btel:)|(?<=\bwww\.)"
    r"|(?<=/)(?:(?<![^\s(«“\"]/)|(?<=[~.]/)))"
)
_NOT_IN_ADDRESSES = '«»“”<>"([{'


class Passage:
    """A text as the rules read it.

    `breaks` are the spaces at which a line may break: in a page the end of a source line is one of them, in plain text
    it ends a paragraph.
    """

    def __init__(self, text: str, *, of_a_page: bool):
        self.text = text
        self.of_a_page = of_a_page
        self.breaks = " \t\u2009\n\r\f" if of_a_page else " \t\u2009"
        self.paragraph_end = EDGE if of_a_page else "\n"

    def is_protected(self, index: int) -> bool:
        """Whether the character at `index` belongs to an address, a handle or a path."""
        starts, ends = self._protected
        place = bisect_right(starts, index) - 1
        return place >= 0 and index < ends[place]

    def word_end(self, at: int) -> int:
        """Return where the breakable spaces before `at` begin."""
        while at and self.text[at - 1] in self.breaks:
            at -= 1
        return at

    def space(self, start: int, end: int, new: str) -> Edit:
        """Return the edit that puts a no-break space at `start`.

        In plain text not right behind an address: Thunderbird and others would take U+202F for a part of it.
        """
        behind_address = not self.of_a_page and start and self.is_protected(start - 1)
        return Edit(start, end, " " if behind_address else new)

    @cached_property
    def _protected(self) -> tuple[list[int], list[int]]:
        text = self.text
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for anchor in _ANCHOR.finditer(text):
            if anchor.start() < last:
                continue
            start = anchor.start()
            while start > last and not text[start - 1].isspace() and text[start - 1] not in _NOT_IN_ADDRESSES:
                start -= 1
            last = anchor.end()
            while last < len(text) and not text[last].isspace() and text[last] not in _NOT_IN_ADDRESSES:
                last += 1
            starts.append(start)
            ends.append(last)
        return starts, ends
