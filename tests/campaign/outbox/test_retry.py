from datetime import timedelta

from campaign.outbox.retry import JITTER, THREE_DAYS, RetryTimetable

HOUR = timedelta(hours=1)


def test_the_waits_are_those_of_the_timetable_and_then_there_are_none():
    timetable = RetryTimetable((HOUR, 2 * HOUR))
    assert timetable.attempts == 3
    assert HOUR <= timetable.wait_after(1) <= HOUR * (1 + JITTER)
    assert 2 * HOUR <= timetable.wait_after(2) <= 2 * HOUR * (1 + JITTER)
    assert timetable.wait_after(3) is None


def test_tasks_that_failed_together_do_not_come_back_together():
    timetable = RetryTimetable((HOUR,))
    assert len({timetable.wait_after(1) for _ in range(50)}) > 40


def test_the_timetable_lasts_about_as_long_as_its_name():
    total = sum(THREE_DAYS.delays, timedelta())
    assert timedelta(days=3 - 0.2) < total < timedelta(days=3 + 0.5)


def test_a_short_fault_is_tried_again_within_minutes():
    assert THREE_DAYS.wait_after(1) < timedelta(minutes=2)
    assert list(THREE_DAYS.delays) == sorted(THREE_DAYS.delays)
