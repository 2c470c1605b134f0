"""axe finds nothing, on any page or state, in either language or colour scheme, on small screens and wide ones.

`make test` looks at each page type and state once or twice, every combination in turn; FULL_SIZE=1, which
`make drill ARGS=access` sets, at all of them in every way.
"""

import os
from dataclasses import replace
from itertools import cycle, product

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from tests.access.stage import NARROW, SCHEMES, WIDE, Look, Stage, told
from tests.access.world import LANGUAGES, Answer

pytestmark = pytest.mark.django_db

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations", "incomplete"]}
RUN = "options => axe.run(document, options)"
WAYS = list(product(SCHEMES, (NARROW, WIDE)))


def chosen_looks(answers: list[Answer]) -> list[Look]:
    """Return each answer once, in one language, in one of the four ways in turn; page types in both languages."""
    ways, turn = cycle(WAYS), cycle(LANGUAGES)
    names = list(dict.fromkeys(answer.name for answer in answers))
    chosen = []
    for name in names:
        found = {answer.language: answer for answer in answers if answer.name == name}
        is_page_type = name.endswith("Page")
        wanted = list(LANGUAGES) if is_page_type else [next(turn)]
        chosen += [Look(found[language], *next(ways)) for language in wanted if language in found]
        if is_page_type:
            next(ways)  # or each language would always meet the same two ways
    return chosen


def every_look(answers: list[Answer]) -> list[Look]:
    return [Look(answer, *way) for answer in answers for way in WAYS]


def faults_of(stage: Stage, look: Look) -> tuple[list[str], int]:
    """Return what axe finds wrong, and how many things it leaves to people."""
    page = stage.show(look)
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, OPTIONS)
    faults = [
        f"{one['id']} ({one['help']}): {node['html'][:150]} {node.get('failureSummary', '').splitlines()[1:2]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
    return faults, sum(len(one["nodes"]) for one in found["incomplete"])


def test_axe_finds_nothing(answers, stage, record_property):
    full = os.environ.get("FULL_SIZE")
    looks = every_look(answers) if full else chosen_looks(answers)
    faults, left = {}, 0
    for look in sorted(looks, key=lambda look: (look.scheme, look.width)):
        found, to_people = faults_of(stage, look)
        left += to_people
        if found:
            faults[str(look)] = found
    record_property("looks", len(looks))
    record_property("left to people", left)
    assert not faults, told(faults)
    assert stage.complaints() == []
    assert stage.missing == []


def test_axe_would_find_something(answers, stage):
    right = next(answer for answer in answers if answer.name == "PetitionPage")
    wrong = right.html.replace("<main ", '<img src="/static/img/favicon.svg"><main ').replace(
        ' lang="fr"', ""
    )
    faults, _left = faults_of(stage, Look(replace(right, html=wrong)))
    assert {"html-has-lang", "image-alt"} <= {fault.split()[0] for fault in faults}
