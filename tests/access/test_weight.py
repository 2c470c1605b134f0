"""What a first visit weighs: W-01's budget, for each page type and state, without the pictures that are content.

Sizes are those of gzip, which every proxy speaks; what a browser asks for by itself, the icon, is counted too.
"""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.access.choice import each_once, is_page_type
from tests.access.stage import Look, Stage
from tests.access.world import Answer

pytestmark = pytest.mark.django_db

ALL, SHEETS, SCRIPTS, FIRST_PART = 100_000, 15_000, 30_000, 14_000  # bytes
REQUESTS = 10
ICON = re.compile(r'<link rel="icon" href="(?P<path>[^"]+)"')


@dataclass
class Weight:
    """Bytes by kind, and how many requests they took."""

    html: int
    sheets: int
    scripts: int
    others: int
    requests: int

    @property
    def all(self) -> int:
        return self.html + self.sheets + self.scripts + self.others


def sent(file: Path) -> int:
    """Return how many bytes of a file go over the wire."""
    packed = file.with_name(file.name + ".gz")
    return (packed if packed.exists() else file).stat().st_size


def weigh(stage: Stage, files: Path, answer: Answer) -> Weight:
    """Show an answer, let everything load, and weigh what was asked for."""
    look = Look(answer)
    window = stage.window(look.scheme, look.width)
    before = len(window.requested)
    page = stage.show(look)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("document.fonts.ready.then(() => null)")
    paths = {urlsplit(url).path for url in window.requested[before + 1 :]}
    paths |= {match["path"] for match in ICON.finditer(answer.html)}
    ours = [
        files / path.removeprefix(settings.STATIC_URL)
        for path in paths
        if path.startswith(settings.STATIC_URL)
    ]
    kinds = {suffix: sum(sent(file) for file in ours if file.suffix == suffix) for suffix in (".css", ".js")}
    others = sum(sent(file) for file in ours if file.suffix not in kinds)
    html = len(gzip.compress(answer.html.encode(), 6))
    return Weight(html, kinds[".css"], kinds[".js"], others, 1 + len(ours))


def test_a_first_visit_weighs_little(answers, stage, files):
    types = [answer for answer in answers if is_page_type(answer)]
    states = [answer for answer in each_once(answers) if answer not in types]
    heavy = {}
    for answer in types + states:
        weight = weigh(stage, files, answer)
        limits = [
            (weight.all, ALL),
            (weight.sheets, SHEETS),
            (weight.scripts, SCRIPTS),
            (weight.requests, REQUESTS),
        ]
        if answer.template == "home/petition_page.html":
            limits.append((weight.html, FIRST_PART))
        if any(found > limit for found, limit in limits) or not weight.sheets:
            heavy[str(answer)] = weight
    assert heavy == {}


def test_weight_is_really_weighed(answers, stage, files):
    weight = weigh(stage, files, next(answer for answer in answers if answer.name == "PetitionPage"))
    assert 2_000 < weight.sheets < weight.all
    assert weight.scripts > 300
    assert weight.html > 4_000
    assert weight.others > 10_000
    assert weight.requests >= 4
