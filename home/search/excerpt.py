"""The part of a text that shows why it was found. Pieces of text, never mark-up: templates escape what they show."""

from dataclasses import dataclass

from campaign.typography import fold_with_map, span
from home.search.words import WORD, split_words

BEFORE = 80  # letters before the first hit: enough to see what it is about
ENDS = (".", "!", "?", "…", ":", ";", chr(0xBB), "”")
LENGTH = 260  # letters of an excerpt: three lines


@dataclass(frozen=True)
class Piece:
    """A piece of text, which was asked for or not."""

    text: str
    is_hit: bool = False


def mark(text: str, hits: set[str]) -> list[Piece]:
    """Return the text in pieces, each word of it that is in `hits` (folded) as a piece of its own."""
    folded, starts = fold_with_map(text)
    pieces: list[Piece] = []
    done = 0
    for match in WORD.finditer(folded):
        if match[0] not in hits:
            continue
        start, end = span(starts, match.start(), match.end())
        if start < done:
            continue  # both parts of one ligature or fraction
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_hit=True)]
        done = end
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]


def excerpt(text: str, hits: set[str]) -> list[Piece]:
    """Return some three lines of the text around its first hit, or its beginning where there is none."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if hits.intersection(split_words(line))), 0)
    rest = (
        " ".join(_ended(line) for line in lines[first:-1]) + f" {lines[-1]}"
        if lines[first + 1 :]
        else lines[-1]
    )
    here = rest[: len(lines[first]) + LENGTH]
    start = _start(here, hits)
    end = start + LENGTH
    if end < len(here):
        end = max(here.rfind(" ", start, end), start + LENGTH // 2)
    pieces = mark(here[start:end].strip(), hits)
    before = [Piece("… ")] if start or first else []
    after = [Piece(" …")] if end < len(rest) else []
    return [*before, *pieces, *after] if pieces else []


def _ended(line: str) -> str:
    """Return a line that doesn't run into the next: headings have no full stop."""
    return line if line.endswith(ENDS) else f"{line} ·"


def _start(here: str, hits: set[str]) -> int:
    """Return where the excerpt begins, at the beginning of a word."""
    folded, starts = fold_with_map(here)
    found = next((match for match in WORD.finditer(folded) if match[0] in hits), None)
    at = starts[found.start()] if found else 0
    if at <= BEFORE:
        return 0
    space = here.find(" ", at - BEFORE, at)
    return space + 1 if space >= 0 else at
