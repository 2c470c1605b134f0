"""axe finds nothing, on any page or state, in either language or colour scheme, on small screens and wide ones.

`make test` looks at each page type and state once or twice, every combination in turn; FULL_SIZE=1, which
`make drill ARGS=access` sets, at all of them in every way.
"""

import json
from dataclasses import replace

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from tests.access.choice import looks_at
from tests.access.stage import Look, Stage, told

pytestmark = pytest.mark.django_db

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations", "incomplete"]}
RUN = "options => axe.run(document, options)"


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
    faults, seen = {}, []
    for look in looks_at(answers):
        found, left = faults_of(stage, look)
        seen.append([look.answer.name, look.answer.language, look.scheme, look.width, len(found), left])
        if found:
            faults[str(look)] = found
    record_property("seen", json.dumps(seen))
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
