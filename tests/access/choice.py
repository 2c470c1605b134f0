"""Which answers are looked at in which way: some of each kind in `make test`, all in every way in the drill."""

import os
from itertools import cycle, product

from tests.access.stage import NARROW, SCHEMES, WIDE, Look
from tests.access.world import LANGUAGES, Answer

WAYS = list(product(SCHEMES, (NARROW, WIDE)))


def full_size() -> bool:
    """Whether this is the drill."""
    return bool(os.environ.get("FULL_SIZE"))


def is_page_type(answer: Answer) -> bool:
    """Whether an answer stands for a page type: the first page of its kind."""
    return answer.name.endswith("Page")


def each_once(answers: list[Answer]) -> list[Answer]:
    """Return each page type and state once, the languages in turn; in the drill, all."""
    if full_size():
        return answers
    turn = cycle(LANGUAGES)
    wanted = {name: next(turn) for name in dict.fromkeys(answer.name for answer in answers)}
    return [answer for answer in answers if answer.language == wanted[answer.name]]


def looks_at(answers: list[Answer]) -> list[Look]:
    """Return each page type in both languages and each state in one, each in one of the four ways in turn.

    In the drill: each answer in each way. Looks of one window stand together.
    """
    if full_size():
        chosen = [Look(answer, *way) for answer in answers for way in WAYS]
    else:
        ways = cycle(WAYS)
        chosen = [Look(answer, *next(ways)) for answer in _both_languages_of_types(answers)]
    return sorted(chosen, key=lambda look: (look.scheme, look.width))


def _both_languages_of_types(answers: list[Answer]) -> list[Answer]:
    once = each_once(answers)
    types = [answer for answer in answers if is_page_type(answer)]
    # French ones first, so that the two languages of a type meet different ways.
    types.sort(key=lambda answer: answer.language, reverse=True)
    return types + [answer for answer in once if not is_page_type(answer)]
