"""The text of a page as the rules read it, in one piece, and the way back to where each character stands."""

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate

from campaign.typography.edits import EDGE, NO_BREAK, OBJECT, Edit, Passage
from campaign.typography.text import edits

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


class Collected:
    """Text picked from a page: one character for each entity, EDGE between blocks, OBJECT for what is no text."""

    def __init__(self, html: str):
        self.html = html
        self.parts: list[str] = []
        self.starts: list[int] = []  # where each part stands in the page
        self.entities: dict[int, int] = {}  # number of a part → where its entity ends

    def add(self, start: int, end: int) -> None:
        """Add what stands between two places of the page."""
        text = self.html[start:end]
        if "&" in text:
            last = 0
            for entity in _ENTITY.finditer(text):
                if entity.start() > last:
                    self._put(text[last : entity.start()], start + last)
                last = entity.end()
                self.entities[len(self.parts)] = start + last
                self._put(_letter(entity[0]), start + entity.start())
            if last == len(text):
                return
            text, start = text[last:], start + last
        elif self.parts and self.parts[-1] is EDGE and text.isspace():
            return  # lines between blocks
        self._put(text, start)

    def mark(self, sign: str, at: int) -> None:
        """Add EDGE or OBJECT, which stands for mark-up; several in a row are one."""
        if (self.parts[-1] if self.parts else EDGE) is not sign:
            self._put(sign, at)

    def _put(self, part: str, start: int) -> None:
        self.parts.append(part)
        self.starts.append(start)

    def edits(self) -> list[Edit]:
        """Return the changes to the page, in order."""
        found = edits(Passage("".join(self.parts), of_a_page=True))
        if not found:
            return []
        offsets = list(accumulate(map(len, self.parts), initial=0))
        moved: list[Edit] = []
        for edit in found:
            number = bisect_right(offsets, edit.start) - 1
            new, at = edit.new, edit.start
            while True:  # a change may begin in one element and end in the next
                start = self.starts[number]
                end = (
                    self.entities.get(number) or start + min(edit.end, offsets[number + 1]) - offsets[number]
                )
                if number not in self.entities:
                    start += at - offsets[number]
                moved.append(Edit(start, start if edit.start == edit.end else end, new))
                new, at, number = "", offsets[number + 1], number + 1
                if at >= edit.end:
                    break
        return moved


def _letter(entity: str) -> str:
    """Return what the rules read for an entity: its character; a space written as one was meant to stay."""
    letter = unescape(entity)
    if letter.isspace():
        return NO_BREAK
    return letter if len(letter) == 1 else OBJECT
