"""The goal: its steps, its bar, its words, and the history that is told."""

import re

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone, translation

from petition.enums import PetitionState
from petition.models import GoalShown
from petition.services import goals
from petition.services.counting import Progress, goal_for
from petition.sql import add_to_total
from petition.tally_handlers import roll_up
from tests.factories import OpenPetitionFactory, PreparedPetitionFactory
from tests.people import words_of

STEPS = [100, 500, 1_000]


def counter(count: int, goal: int, language: str = "en") -> str:
    progress = Progress(count, goal, timezone.now(), PetitionState.OPEN)
    with translation.override(language):
        return " ".join(render_to_string("components/counter.html", {"progress": progress}).split())


def bar(html: str) -> dict[str, str]:
    found = re.search(r"<progress ([^>]*)>", html)
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[1])) if found else {}


@pytest.mark.parametrize(
    ("count", "goal"),
    [(0, 100), (89, 100), (90, 500), (449, 500), (450, 1_000), (900, 1_000), (1_350, 1_000)],
)
def test_the_next_step_shows_once_nine_tenths_of_one_are_there(count, goal):
    assert goal_for(count, STEPS) == goal


@pytest.mark.parametrize(
    ("count", "goal", "value", "share"),
    [
        (0, 1_000, "0", "0%"),
        (1, 1_000, "1", "less than 1%"),
        (999, 1_000, "999", "99%"),
        (1_000, 1_000, "1000", "100%"),
        (1_350, 1_000, "1000", "100%"),
        (-2, 1_000, "0", "0%"),
        (1, 3, "1", "33%"),
        (2, 3, "2", "66%"),
        (1, 7_000_000, "1", "less than 1%"),
    ],
)
def test_the_bar_stays_in_its_box_and_the_share_is_a_whole_number(count, goal, value, share):
    html = counter(count, goal)
    shown = bar(html)
    assert (shown["max"], shown["value"], shown["aria-valuetext"]) == (str(goal), value, share)
    assert (f"({share})" in html) == (count < goal)


def test_beyond_the_last_step_the_real_count_and_the_goal_are_told():
    html = counter(1_350, 1_000)
    assert ">1,350</strong>" in html
    assert "the goal of 1,000 is reached" in html
    assert "1,350 signatures out of 1,000" in html


def test_without_a_goal_there_is_no_bar_and_no_share():
    html = counter(12, 0)
    assert ">12</strong>" in html
    assert not bar(html)
    assert "%" not in html


@pytest.mark.parametrize(
    ("count", "words"), [(0, "signature confirmée"), (1, "signature confirmée"), (2, "signatures confirmées")]
)
def test_zero_and_one_are_singular_in_french(count, words):
    assert f'<span class="counter__label">{words}</span>' in counter(count, 100, "fr")
    assert f"{count} {words.split()[0]} sur 100" in counter(count, 100, "fr")


@pytest.mark.django_db
class TestHistory:
    @pytest.fixture
    def petition(self):
        return OpenPetitionFactory(goal_steps=STEPS)

    def test_the_worker_notes_a_goal_when_another_one_shows(self, petition):
        with time_machine.travel("2026-11-25 08:00Z", tick=False):
            roll_up()
            roll_up()
        add_to_total(petition.pk, 0, 90)
        with time_machine.travel("2026-11-25 09:00Z", tick=False):
            roll_up()
        add_to_total(petition.pk, 0, -5)
        with time_machine.travel("2026-11-25 10:00Z", tick=False):
            roll_up()
        shown = GoalShown.objects.filter(petition=petition).values_list("goal", "since__hour")
        assert list(shown) == [(100, 9), (500, 10), (100, 11)]  # hours in Paris

    def test_before_opening_no_goal_is_noted(self):
        PreparedPetitionFactory()
        assert goals.note_goals(timezone.now()) == 0

    def test_without_steps_nothing_is_noted_and_pages_show_the_count_alone(self, visitor):
        petition = OpenPetitionFactory(goal_steps=[])
        assert goals.note_goals(timezone.now()) == 0
        assert visitor.read(f"/api/petitions/{petition.slug}/count.json").json()["goal"] == 0
        html = words_of(visitor.sign(petition, first_name=""))
        assert "counter__bar" not in html
