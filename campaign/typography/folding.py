"""Two writings of one word are one word: what search, sorting, slugs and duplicates compare.

Imports nothing of the project, like everything in this package.
"""

import unicodedata

# Every space that differs from the common one by its width or by where a line may break.
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TO_PLAIN_SPACE = dict.fromkeys(map(ord, SPACES), " ")

# Letters that Unicode doesn't take apart, and signs with a twin on every keyboard.
_TWINS = (
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032", "'")
    | dict.fromkeys("\u2010\u2011", "-")
)
_LEFT_OUT = {"Mn", "Cf"}  # accents taken off their letters; marks without width, such as the soft hyphen


class _Folded(dict[int, str]):
    """What each character becomes, worked out when it is first met; holds characters, never texts."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code).lower())
        kept = (letter for letter in apart if unicodedata.category(letter) not in _LEFT_OUT)
        self[code] = folded = "".join(_TWINS.get(letter, letter) for letter in kept).lower()
        return folded


_FOLDED = _Folded()


def plain_spaces(text: str) -> str:
    """Return the text with a common space for each typographic one, character for character."""
    return text.translate(_TO_PLAIN_SPACE)


def fold(text: str) -> str:
    """Return the text without what search must not mind: accents, case, ligatures, kinds of spaces and apostrophes.

    `fold("L’Œuvre à 1\u202f234 €") == "l'oeuvre a 1 234 €"`. Idempotent. Runs of spaces stay as long as they are.
    """
    return text.translate(_FOLDED)


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Return `fold(text)` and, for each of its characters, the index of the one in `text` that it came from.

    The list is longer by one: its last item is `len(text)`. `span()` turns a match into a slice of the text.
    """
    starts: list[int] = []
    parts: list[str] = []
    for index, letter in enumerate(text):
        part = _FOLDED[ord(letter)]
        parts.append(part)
        starts.extend([index] * len(part))
    starts.append(len(text))
    return "".join(parts), starts


def span(starts: list[int], start: int, end: int) -> tuple[int, int]:
    """Return where `folded[start:end]` lies in the text, whole characters: `co` covers both letters of `cœ`.

    `starts` is the list of `fold_with_map()`; the slice must not be empty.
    """
    last = starts[end - 1]
    while end < len(starts) - 1 and starts[end] == last:
        end += 1
    return starts[start], starts[end]
