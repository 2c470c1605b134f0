"""A figure is refused unless every answer that was counted has its rows and nothing went wrong."""

from dataclasses import replace

import pytest

from tests.bench.check import COUNTS, Tables, faults_of_load, faults_of_rows
from tests.bench.load import Load

ALL_WELL = Load(
    sent=7, answered=7, good=7, ran_out=0, seconds=2.0, connect=0, read=0, write=0, timeout=0,
    p50_ms=1, p95_ms=2, p99_ms=3,
)  # fmt: skip
EMPTY = dict.fromkeys(COUNTS, 0)
AFTER_SIGN = EMPTY | {
    "pending": 7,
    "signature_mail tasks": 7,
    "all tasks": 7,
    "counters of networks": 7,
    "answers used": 7,
}
WAITING = EMPTY | {"pending": 9}
AFTER_CONFIRM = WAITING | {
    "pending": 2,
    "signatures": 7,
    "consents": 7,
    "events": 7,
    "total": 7,
    "thank_you_mail tasks": 7,
    "all tasks": 7,
}
STORIES = {
    "sign": Tables(EMPTY, AFTER_SIGN),
    "confirm": Tables(WAITING, AFTER_CONFIRM),
    "petition_page": Tables(WAITING, WAITING),
    "count_json": Tables(WAITING, WAITING),
}


@pytest.mark.parametrize("scenario", STORIES)
def test_rows_that_equal_the_successes_are_believed(scenario):
    assert faults_of_rows(scenario, 7, STORIES[scenario]) == []


@pytest.mark.parametrize("difference", [-1, +1])
@pytest.mark.parametrize("table", COUNTS)
@pytest.mark.parametrize("scenario", STORIES)
def test_one_row_too_few_or_too_many_in_any_table_is_told(scenario, table, difference):
    story = STORIES[scenario]
    wrong = Tables(story.before, {**story.after, table: story.after[table] + difference})
    (fault,) = faults_of_rows(scenario, 7, wrong)
    assert fault.startswith(f"{table}: ")
    assert f"{wrong.after[table]} after 7 successes, expected {story.after[table]}" in fault


def test_a_load_without_a_mistake_has_no_fault():
    assert faults_of_load(ALL_WELL) == [] and ALL_WELL.errors == 0
    assert ALL_WELL.per_second == 3.5


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"connect": 1}, "1 connect errors"),
        ({"read": 2}, "2 read errors"),
        ({"write": 1}, "1 write errors"),
        ({"timeout": 1}, "1 timeout errors"),
        ({"sent": 9}, "2 of 9 requests were never answered"),
        ({"good": 6}, "1 of 7 answers were not the expected one"),
    ],
)
def test_whatever_went_wrong_on_the_way_is_told_and_counts_as_an_error(wrong, told):
    load = replace(ALL_WELL, **wrong)
    assert faults_of_load(load) == [told]
    assert load.errors == sum(load.socket_errors().values()) + load.sent - load.good > 0


def test_a_pool_that_ran_out_and_a_load_of_nothing_are_told():
    (fault,) = faults_of_load(replace(ALL_WELL, ran_out=1))
    assert "ran out" in fault
    assert faults_of_load(replace(ALL_WELL, sent=0, answered=0, good=0)) == ["nothing was answered"]
