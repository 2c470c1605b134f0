"""Numbers and what belongs to them: thousands, units, days and hours, ordinals, titles before a name."""

import re
from collections.abc import Iterator

from campaign.typography.edits import NARROW, NO_BREAK, OBJECT, Edit, Passage

_BREAK = r"[ \t\u2009\n\r\f]"  # a Passage of plain text has none of the last three: see _gap()
_GAP = r"[ \t\u2009\n\r\f\u00a0\u202f]"
# Patterns begin with a class or a letter and look back after it, so that the search skips what can't match.
# A number may stand behind the h of an hour; digits behind a decimal point belong to the number before.
_FIRST = r"[0-9](?<![^\Wh][0-9])(?<![0-9][.,:][0-9])"

_THOUSANDS = re.compile(rf"{_FIRST}[0-9]{{0,2}}(?:{_BREAK}+[0-9]{{3}})+(?!\w)")


def thousands(passage: Passage) -> Iterator[Edit]:
    """Yield the spaces within numbers that are written with them; digits without any are left as they are."""
    for match in _THOUSANDS.finditer(passage.text):
        for space in re.finditer(_BREAK + "+", match[0]):
            start, end = match.start() + space.start(), match.start() + space.end()
            yield from _gap(passage, start, end, NARROW)


# Symbols, and the words that are read as a part of the number; others, such as « ans », may start a line.
_UNITS = (
    "km/h|km²|km|hm|m²|m³|m|cm|mm|ha|kg|mg|g|t|l|cl|ml|min|s|ms|[kMGT]?Wh|[kMGT]W|[kMGT][oO]"
    "|[kMG]bit/s|°C|°|M€|k€|Mds?€|euros?|dollars?|millions?|milliards?"
)
_UNIT = re.compile(rf"[0-9]({_BREAK}+)(?:(?:{_UNITS})(?![\w’'])|[%‰€$£](?!\w))")
_GLUED_UNIT = re.compile(r"[0-9][%€](?!\w)")


def units(passage: Passage) -> Iterator[Edit]:
    """Yield the spaces between a number and its unit; a missing one before % and € alone."""
    for match in _UNIT.finditer(passage.text):
        yield from _gap(passage, *match.span(1), NO_BREAK)
    for match in _GLUED_UNIT.finditer(passage.text):
        yield from _gap(passage, match.start() + 1, match.start() + 1, NO_BREAK)


_HOUR = re.compile(
    rf"[0-9](?<!\w[0-9])(?<![:#&][0-9])(?<![0-9][.,][0-9])[0-9]?"
    rf"({_GAP}*)h(?:({_GAP}*)[0-5][0-9](?!\w)|(?![\w’']))"
)


def hours(passage: Passage) -> Iterator[Edit]:
    """Yield the spaces of an hour or a duration: 14h30, 14 h."""
    for match in _HOUR.finditer(passage.text):
        yield from _gap(passage, *match.span(1), NO_BREAK)
        if match[2] is not None:
            yield from _gap(passage, *match.span(2), NO_BREAK)


_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAY = re.compile(
    rf"{_FIRST}[0-9]?({OBJECT}?er{OBJECT}?)?({_GAP}+)({_MONTHS})(?!\w)({_GAP}+[0-9]{{4}}(?!\w))?",
    re.IGNORECASE,
)


def days(passage: Passage) -> Iterator[Edit]:
    """Yield what changes in a date: the first is « 1er », the space does not break, the month is in lower case.

    A month without its year keeps its capital: « le 14 Juillet » and « le 1er Mai » are names.
    """
    text = passage.text
    for match in _DAY.finditer(text):
        start, end = match.span(2)
        if match[1] is None and text[match.start() : start] == "1":
            yield Edit(start, start, "er")
        yield from _gap(passage, start, end, NO_BREAK)
        if match[4] and not match[3].islower():
            yield Edit(*match.span(3), match[3].lower())


_NUMBER_SIGN = re.compile(rf"[nN](?<!\w[nN])[°º]({_BREAK}*)[0-9]")
_ORDINAL = re.compile(r"[0-9IVXLC](?<![^\W0-9IVXLC][0-9IVXLC])(i?[èe]me(s?)|(?<=1)[èe]re(s?))(?!\w)")
_ORDINAL_END = re.compile(rf"[0-9IVXL]{OBJECT}?(?:er|e|i?[èe]me){OBJECT}?$")


def ordinals(passage: Passage) -> Iterator[Edit]:
    """Yield n° and its space, the short forms of ordinals (2e, 1re), and the space before « siècle »."""
    text = passage.text
    if "°" in text or "º" in text:
        for match in _NUMBER_SIGN.finditer(text):
            yield from _gap(passage, *match.span(1), NO_BREAK)
    if "me" in text or "re" in text:
        for match in _ORDINAL.finditer(text):
            if not passage.is_protected(match.start()):
                new = "e" + match[2] if match[2] is not None else "re" + match[3]
                yield Edit(*match.span(1), new)
    at = text.find("siècle")
    while at >= 0:
        start = passage.word_end(at)
        if start < at and _ORDINAL_END.search(text[max(0, start - 9) : start]):
            yield Edit(start, at, NO_BREAK)
        at = text.find("siècle", at + 1)


_TITLE = re.compile(rf"(?:M\.|MM\.|Mmes?|Mlles?|Mgr|Dr|Pr)({_BREAK}+)(?=[A-ZÀ-ÖØ-Þ])")


def titles(passage: Passage) -> Iterator[Edit]:
    """Yield the space between a title and the name of the person."""
    for match in _TITLE.finditer(passage.text):
        start = match.start()
        if not start or not passage.text[start - 1].isalnum():
            yield from _gap(passage, *match.span(1), NO_BREAK)


def _gap(passage: Passage, start: int, end: int, new: str) -> Iterator[Edit]:
    """Yield the edit that makes a breakable or missing space a no-break one; one that is there already stays."""
    if start == end:
        if not passage.is_protected(start):
            yield Edit(start, end, new)
    elif passage.word_end(end) == start:
        yield passage.space(start, end, new)
