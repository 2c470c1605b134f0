"""The latest names that may be shown: first name, initial, place; no moment, no search, no second page."""

import unicodedata
from typing import NamedTuple

from petition.departements import NAMES
from petition.models import Petition, Signature
from petition.places import name_of

SHOWN = 10
JOINER = "\u200d"  # joins emoji, and letters of some scripts
MODIFIERS = range(0x1F3FB, 0x1F400)  # the shades of emoji
FLAG_LETTERS = range(0x1F1E6, 0x1F200)  # two of them are one flag


class Shown(NamedTuple):
    """What everybody may read of one signature."""

    first_name: str
    initial: str
    place: str


def recent_names(petition: Petition) -> list[Shown]:
    """Return the last ten who agreed to be shown and count, the newest first; read from the rows at each call."""
    # Whoever's name is erased still counts, and has nothing to be shown.
    shown = Signature.objects.shown_publicly().filter(petition=petition, first_name__isnull=False)
    rows = shown.order_by("-pk").values_list("first_name", "last_name", "place")[:SHOWN]
    return [Shown(first or "", initial_of(last or ""), place_in_words(place)) for first, last, place in rows]


def initial_of(name: str) -> str:
    """Return the first letter of a name as people see it, with all that belongs to it, in whatever script.

    An apostrophe or another mark before it is passed over: 't Hart is shown by its t.
    """
    start = next((at for at, sign in enumerate(name) if unicodedata.category(sign)[0] in "LNS"), 0)
    end = start + 1
    while end < len(name) and _goes_on(name, end):
        end += 1
    return name[start:end]


def place_in_words(place: str) -> str:
    """Return a kept place as it is shown: the département by its name, or the country; empty where none was said."""
    return NAMES.get(place.removeprefix("FR-"), "") or name_of(place)


def _goes_on(name: str, at: int) -> bool:
    sign, before = name[at], name[at - 1]
    if unicodedata.category(sign)[0] == "M" or sign == JOINER or before == JOINER or ord(sign) in MODIFIERS:
        return True
    return ord(sign) in FLAG_LETTERS and ord(before) in FLAG_LETTERS and name[:at].strip() == before
