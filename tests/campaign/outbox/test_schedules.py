from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.outbox import queue, registry, schedules
from campaign.outbox.models import OutboxTask, ScheduledRun
from campaign.outbox.worker import Worker

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def sweep(every=HOUR, report="swept"):
    runs = []

    def function():
        runs.append(1)
        return report

    registry.schedule("sweep", every=every)(function)
    return runs


def test_a_schedule_runs_at_once_then_when_its_time_has_come():
    runs = sweep()
    Worker().drain()
    Worker().drain()
    assert runs == [1]
    ScheduledRun.objects.filter(name="sweep").update(last_started=timezone.now() - HOUR)
    Worker().drain()
    assert runs == [1, 1]


def test_a_run_leaves_its_report():
    sweep(report="3 swept")
    Worker().drain()
    run = ScheduledRun.objects.get(name="sweep")
    assert run.report == "3 swept"
    assert run.last_started <= run.last_ended
    assert run.failed_at is None
    assert str(run) == "sweep"


def test_a_run_that_fails_says_so_and_keeps_neither_worker_nor_next_run():
    def function():
        raise RuntimeError("the disk is full")

    registry.schedule("sweep", every=HOUR)(function)
    done = []
    registry.handler("greet")(lambda task: done.append(1))
    queue.put("greet")
    Worker().drain()
    run = ScheduledRun.objects.get(name="sweep")
    assert run.failed_at
    assert run.report == "RuntimeError: the disk is full"
    assert done == [1]
    run.last_started -= HOUR
    run.last_ended -= HOUR
    run.save()
    registry.schedules.clear()
    sweep()
    Worker().drain()
    run.refresh_from_db()
    assert (run.failed_at, run.report) == (None, "swept")


def test_a_run_that_is_under_way_is_not_begun_again():
    runs = sweep()
    now = timezone.now()
    ScheduledRun.objects.create(name="sweep", last_started=now - timedelta(minutes=30))
    registry.schedules["sweep"] = registry.Schedule(
        "sweep", registry.schedules["sweep"].function, timedelta(minutes=1)
    )
    Worker().drain()
    assert runs == []


def test_the_run_of_a_worker_that_was_killed_is_begun_again():
    runs = sweep()
    ScheduledRun.objects.create(name="sweep", last_started=timezone.now() - registry.LONGEST_RUN)
    Worker().drain()
    assert runs == [1]


def test_looking_at_schedules_that_are_not_due_is_one_statement(django_assert_num_queries):
    sweep()
    Worker().drain()
    with django_assert_num_queries(1):
        assert schedules.due_schedules(timezone.now()) == []


def test_tasks_done_more_than_a_week_ago_are_deleted_and_no_others():
    long_ago = timezone.now() - schedules.KEEP_DONE - HOUR
    OutboxTask.objects.create(kind="done long ago", done_at=long_ago)
    OutboxTask.objects.create(kind="done", done_at=timezone.now())
    OutboxTask.objects.create(kind="failed long ago", failed_at=long_ago)
    OutboxTask.objects.create(kind="owed long ago", created_at=long_ago, due=long_ago)
    assert schedules.purge_done_tasks().endswith(": 1")
    assert sorted(OutboxTask.objects.values_list("kind", flat=True)) == [
        "done",
        "failed long ago",
        "owed long ago",
    ]


def test_the_purge_goes_on_until_nothing_is_left(monkeypatch):
    monkeypatch.setattr(schedules, "PURGE_AT_ONCE", 2)
    long_ago = timezone.now() - schedules.KEEP_DONE - HOUR
    OutboxTask.objects.bulk_create([OutboxTask(kind="greet", done_at=long_ago) for _ in range(5)])
    assert schedules.purge_done_tasks().endswith(": 5")
