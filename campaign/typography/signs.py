"""Punctuation: the spaces before and inside it, apostrophes, quotation marks, the ellipsis."""

import re
from collections.abc import Iterator

from campaign.typography.edits import NARROW, NO_BREAK, OBJECT, QUOTE_SPACE, Edit, Passage

# A sign is punctuation where one of these, or a space, follows. A bracket after : or ; would make it a face.
_AFTER_HIGH = frozenset(")]}»\"”’'*_,.…;:–—[" + OBJECT)
_AFTER_LOW = frozenset(']»«“"”[' + OBJECT)
# What no sign of a sentence follows; and what it surely follows where the space is missing.
_NEVER_BEFORE = frozenset("([{«“‘<=&#@/\\")
_SURELY_BEFORE = frozenset("»)]”%€°")
_SIGNS = re.compile(r"[;:!?«»]")


def punctuation(passage: Passage) -> Iterator[Edit]:
    """Yield what has to change around ; : ! ? « and »."""
    text, breaks = passage.text, passage.breaks
    for match in _SIGNS.finditer(text):
        at = match.start()
        sign = text[at]
        if sign == "«":
            end = at + 1
            while end < len(text) and text[end] in breaks:
                end += 1
            if end < len(text) and not text[end].isspace() and text[end] != "»":
                yield Edit(at + 1, end, QUOTE_SPACE)
            continue
        start = passage.word_end(at)
        if not start or text[start - 1].isspace():  # nothing before it, or a space that doesn't break
            continue
        if sign == "»":
            if text[start - 1] != "«":
                yield passage.space(start, at, QUOTE_SPACE)
            continue
        fits = text[start - 1] not in _NEVER_BEFORE if start < at else _lacks_its_space(passage, at)
        if fits and _ends_a_phrase(text, at):
            yield passage.space(start, at, NO_BREAK if sign == ":" else NARROW)


def _ends_a_phrase(text: str, at: int) -> bool:
    """Whether what follows the sign, or its group ?!, lets it be punctuation: no address, time, face or code."""
    end = at + 1
    if text[at] in "!?":
        while end < len(text) and text[end] in "!?":
            end += 1
    if end == len(text) or text[end].isspace():
        return True
    return text[end] in (_AFTER_HIGH if text[at] in "!?" else _AFTER_LOW)


def _lacks_its_space(passage: Passage, at: int) -> bool:
    """Whether a word stands right before the sign, which its space has to part from it."""
    text = passage.text
    before = text[at - 1]
    if passage.is_protected(at - 1):
        return False
    if not before.isalnum():
        return before in _SURELY_BEFORE
    if text[at] in ";:":  # &amp; and :tada: are no words
        start = at - 1
        while start and (text[start - 1].isalnum() or text[start - 1] in "_+-"):
            start -= 1
        return not start or text[start - 1] not in ":&#"
    return True


_SPACE_BEFORE = re.compile(r"[ \t\u2009\n\r\f]+[,.)…]")


def no_space_before(passage: Passage) -> Iterator[Edit]:
    """Yield the spaces that go: before a comma, a full stop, an ellipsis, a closing bracket."""
    text = passage.text
    for match in _SPACE_BEFORE.finditer(text):
        at = match.end() - 1
        start = passage.word_end(at)
        if start != match.start() or not start or not _ends_a_word(text[start - 1]):
            continue
        if text[at] == ")" or _closes(text, at + 1):
            yield Edit(start, at, "")


def _ends_a_word(letter: str) -> bool:
    return letter.isalnum() or letter in "»)]”’\"'%€°!?" or letter == OBJECT


def _closes(text: str, after: int) -> bool:
    return after == len(text) or text[after].isspace() or text[after] in ')]»"”'


_THREE_STOPS = re.compile(r"(?<![./\\])\.\.\.(?![./\\])")


def ellipses(passage: Passage) -> Iterator[Edit]:
    """Yield three full stops as one sign, without the space between it and the word that it ends."""
    text = passage.text
    if "..." not in text:
        return
    for match in _THREE_STOPS.finditer(text):
        start, end = match.span()
        between_numbers = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        if between_numbers or passage.is_protected(start):
            continue
        word = passage.word_end(start)
        if word and _ends_a_word(text[word - 1]) and _closes(text, end):
            start = word
        yield Edit(start, end, "…")


_ELISION = re.compile(r"(?:^|\W)(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$", re.IGNORECASE)


def apostrophes(passage: Passage) -> Iterator[Edit]:
    """Yield the straight apostrophes within words and after elisions; one that encloses a word stays."""
    text = passage.text
    at = text.find("'", 1)
    while at > 0:
        after = text[at + 1 : at + 2]
        if text[at - 1].isalpha() and after and not passage.is_protected(at):
            elided = after.isdigit() or after in '«“"(' or after == OBJECT
            if after.isalpha() or (elided and _ELISION.search(text[max(0, at - 8) : at])):
                yield Edit(at, at + 1, "’")
        at = text.find("'", at + 1)


_BEFORE_OPENING = frozenset("(['’–—")
_AFTER_CLOSING = frozenset(")]},.;:!?…–—’'" + OBJECT)


def quotes(passage: Passage) -> Iterator[Edit]:
    """Yield the straight double quotes of a paragraph as « », if each surely opens or closes; else all of them stay."""
    text = passage.text
    first = text.find('"')
    while first >= 0:
        start = text.rfind(passage.paragraph_end, 0, first) + 1
        end = text.find(passage.paragraph_end, first)
        end = len(text) if end < 0 else end
        places = [at for at in range(first, end) if text[at] == '"']
        if _are_paired(passage, start, end, places):
            for number, at in enumerate(places):
                yield Edit(at, at + 1, "«" if number % 2 == 0 else "»")
        first = text.find('"', end)


def _are_paired(passage: Passage, start: int, end: int, places: list[int]) -> bool:
    text = passage.text
    if len(places) % 2 or any(mark in text[start:end] for mark in "«»“”"):
        return False
    for number, at in enumerate(places):
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if number % 2 == 0:
            if not (before.isspace() or before in _BEFORE_OPENING) or not (after.isalnum() or after == "("):
                return False
        elif before.isspace() or not (after.isspace() or after in _AFTER_CLOSING):
            return False
    return True
