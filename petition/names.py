"""Names as people write them, in any script: what is kept, what is dropped in silence, what is no name.

Every code point is kept as it was typed, but for spaces outside, breaks, and the orders below, which no name needs.
"""

import re
import unicodedata
from enum import Enum, auto

# Unicode's embeddings, overrides and isolates turn around the text that follows a name; the marks U+200E, U+200F and
# U+061C act on their neighbours alone, and names that mix scripts need them.
TURNING = "\u202a-\u202e\u2066-\u2069"
# Somebody who pastes a name from a table brings such along and can't see them.
BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
DROPPED = re.compile(f"[\x01-\x1f\x7f-\x9f{TURNING}]")
# The null character, which no keyboard has, what replaces bytes that could not be read, halves of characters, and
# what Unicode promises never to make a character.
UNSHOWABLE = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff]")
VISIBLE = ("L", "N", "S")  # Unicode's letters, numbers and symbols: a name has at least one
# Letters and symbols by their category, and nothing to be seen: Hangul's fillers, Braille's empty cell.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# What mail programs make a link of, so that a name could carry an advertisement into somebody's mailbox by our mail.
LINK = re.compile(
    r"""://
    | \bwww\.
    | \S@\S+\.\S            # an address
    | \w\.[^\W\d_]{2,}[/:?\#]\S  # a host and a path
    | \w\w\.(?:com|net|org|info|biz|shop|site|xyz)\b  # a host alone
    """,
    re.VERBOSE | re.IGNORECASE,
)


class NoName(Enum):
    """Why something can't stand as a name."""

    UNSHOWABLE = auto()  # it holds a character that can't be shown
    NOTHING = auto()  # nothing of it can be seen
    LINK = auto()  # it is, or holds, an address of the web or of mail


def as_kept(typed: str) -> str:
    """Return a name as it is kept: a break is a space; what can't be seen and does nothing good, spaces outside, go."""
    return DROPPED.sub("", BREAKS.sub(" ", typed)).strip()


def why_not(name: str) -> NoName | None:
    """Return why a name, as it would be kept, can't be taken; None where it can. An empty one is not judged."""
    if UNSHOWABLE.search(name):
        return NoName.UNSHOWABLE
    if name and not any(unicodedata.category(sign)[0] in VISIBLE and sign not in BLANK for sign in name):
        return NoName.NOTHING
    return NoName.LINK if LINK.search(unicodedata.normalize("NFKC", name)) else None
