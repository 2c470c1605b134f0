import logging
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone, translation

from campaign.outbox import heartbeat, queue, registry, schedules, worker
from campaign.outbox.errors import Later, Permanent
from campaign.outbox.models import OutboxTask, ScheduledRun
from campaign.outbox.queue import Task
from campaign.outbox.retry import RetryTimetable
from campaign.outbox.worker import Worker

pytestmark = pytest.mark.django_db

ADDRESS = "jeanne.martin@example.org"
TWICE = RetryTimetable((timedelta(minutes=1),))


def raising(error: Exception):
    def function(task):
        raise error

    return function


def test_drain_does_all_that_is_due_whatever_the_size_of_the_batch():
    done = []
    registry.handler("greet")(lambda task: done.append(task.subject))
    queue.put_many([Task("greet", subject=str(number)) for number in range(7)])
    queue.put("greet", subject="tomorrow", due=timezone.now() + timedelta(days=1))
    assert Worker(batch=3).drain() == 7
    assert sorted(done) == [str(number) for number in range(7)]
    assert OutboxTask.objects.owed().get().subject == "tomorrow"


def test_drain_does_the_tasks_that_tasks_put():
    def first(task):
        return lambda: queue.put("second")

    done = []
    registry.handler("first")(first)
    registry.handler("second")(lambda task: done.append(task.kind))
    queue.put("first")
    Worker().drain()
    assert done == ["second"]


def test_finish_and_done_are_written_together_or_not_at_all():
    def handle(task):
        def finish():
            queue.put("greet", subject="written by finish", due=timezone.now() + timedelta(days=1))
            raise RuntimeError("finish failed")

        return finish

    registry.handler("greet")(handle)
    queue.put("greet")
    Worker().drain()
    task = OutboxTask.objects.get()
    assert task.done_at is None
    assert task.last_error == "RuntimeError: finish failed"


def test_a_failure_is_tried_again_by_the_timetable_then_stays_in_sight(make_due):
    registry.handler("greet", retry=TWICE)(raising(ConnectionRefusedError(111, "Connection refused")))
    queue.put("greet")
    Worker().drain()
    task = OutboxTask.objects.get()
    assert (task.attempts, task.failed_at) == (1, None)
    assert timezone.now() + timedelta(seconds=50) < task.due < timezone.now() + timedelta(seconds=90)
    make_due()
    Worker().drain()
    task.refresh_from_db()
    assert task.attempts == 2
    assert task.failed_at
    assert task.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"
    make_due()
    assert Worker().drain() == 0


def test_a_permanent_error_stays_in_sight_at_once():
    registry.handler("greet")(raising(Permanent("unknown list")))
    queue.put("greet")
    Worker().drain()
    task = OutboxTask.objects.get()
    assert task.failed_at
    assert (task.attempts, task.last_error) == (1, "unknown list")


def test_later_comes_back_at_its_moment_and_counts_no_attempt():
    tomorrow = timezone.now() + timedelta(days=1)
    registry.handler("greet")(raising(Later(tomorrow)))
    queue.put("greet")
    Worker().drain()
    task = OutboxTask.objects.get()
    assert (task.due, task.attempts, task.last_error, task.failed_at) == (tomorrow, 0, "", None)


def test_a_kind_that_nobody_knows_stays_in_sight_with_an_error_in_words():
    queue.put("from_a_newer_version")
    Worker().drain()
    task = OutboxTask.objects.owed().get()
    assert task.last_error.startswith("UnknownKind: ")
    assert " " in task.last_error.removeprefix("UnknownKind: ")
    assert task.due > timezone.now()


def test_one_failure_does_not_keep_the_others():
    done = []

    def handle(task):
        if task.subject == "bad":
            raise RuntimeError("bad")
        done.append(task.subject)

    registry.handler("greet")(handle)
    queue.put_many([Task("greet", subject=subject) for subject in ("one", "bad", "two")])
    Worker().drain()
    assert sorted(done) == ["one", "two"]


def test_a_handlers_language_does_not_reach_the_next_task():
    seen = []

    def handle(task):
        seen.append(translation.get_language())
        translation.activate("en")

    registry.handler("greet")(handle)
    queue.put_many([Task("greet"), Task("greet")])
    Worker().drain()
    assert seen == [settings.LANGUAGE_CODE] * 2


def test_neither_log_nor_row_holds_an_address_or_a_name(caplog):
    registry.handler("greet")(raising(RuntimeError(f"no mailbox: Jeanne Martin <{ADDRESS}>")))
    registry.schedule("sweep", every=timedelta(hours=1))(lambda: 1 / len(ADDRESS) and raising_sweep())

    def raising_sweep():
        raise RuntimeError(ADDRESS)

    queue.put("greet")
    with caplog.at_level(logging.DEBUG):
        Worker().drain()
    assert f"greet {OutboxTask.objects.get().pk} attempt 1: again at" in caplog.text
    stored = str(list(OutboxTask.objects.values())) + str(list(ScheduledRun.objects.values()))
    for text in (caplog.text.lower(), stored.lower()):
        assert "jeanne" not in text and "example.org" not in text


def test_a_stop_lets_the_task_in_flight_end_and_gives_the_others_back():
    queue.put_many([Task("greet") for _ in range(5)])
    this = Worker()
    registry.handler("greet")(lambda task: this.stop())
    this.run()
    assert OutboxTask.objects.exclude(done_at=None).count() == 1
    assert OutboxTask.objects.filter(done_at=None, lease_until=None, attempts=0).count() == 4


def test_an_idle_worker_polls_and_a_stop_ends_it_within_one_pause():
    pauses = []
    this = Worker(sleep=lambda seconds: (pauses.append(seconds), this.stop() if len(pauses) == 3 else None))
    this.run()
    assert pauses == [worker.POLL] * 3


def test_a_mail_server_that_is_down_for_everybody_does_not_use_up_an_attempt_of_each_task_at_once():
    registry.handler("greet")(raising(ConnectionRefusedError(111, "Connection refused")))
    queue.put_many([Task("greet") for _ in range(100)])
    this = Worker(sleep=lambda seconds: this.stop())
    this.run()
    assert OutboxTask.objects.filter(attempts=1).count() == worker.CONNECTIONS_REFUSED
    assert OutboxTask.objects.filter(attempts=0, lease_until=None).count() == 100 - worker.CONNECTIONS_REFUSED


def test_errors_that_are_one_tasks_own_do_not_slow_the_others():
    registry.handler("greet")(raising(Permanent("refused")))
    queue.put_many([Task("greet") for _ in range(30)])
    this = Worker(sleep=lambda seconds: this.stop())
    this.run()
    assert OutboxTask.objects.failed().count() == 30


def test_a_worker_gives_a_sign_of_life():
    Worker().drain()
    assert timezone.now() - heartbeat.last() < heartbeat.EVERY


def test_a_worker_whose_task_was_taken_over_goes_on_with_the_others():
    done = []

    def handle(task):
        done.append(task.subject)
        if task.subject == "slow" and len(done) == 1:
            # Meanwhile the lease ran out and another worker took the task.
            OutboxTask.objects.filter(pk=task.pk).update(lease_until=timezone.now() + timedelta(hours=1))

    registry.handler("greet")(handle)
    queue.put_many([Task("greet", subject="slow"), Task("greet", subject="quick")])
    Worker().drain()
    assert done == ["slow", "quick"]
    assert OutboxTask.objects.owed().get().subject == "slow"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_task_once():
    both_at_work = threading.Barrier(2, timeout=30)
    lock, done = threading.Lock(), []
    started = threading.local()

    def handle(task):
        if not hasattr(started, "yes"):
            started.yes = True
            both_at_work.wait()  # each worker has claimed its first batch and settled none of it
        with lock:
            done.append((task.pk, threading.get_ident()))

    registry.handler("greet")(handle)
    queue.put_many([Task("greet") for _ in range(40)])
    numbers = in_two_threads(lambda: Worker(batch=5).drain())
    assert sum(numbers) == 40
    assert sorted(pk for pk, _ in done) == sorted(OutboxTask.objects.values_list("pk", flat=True))
    assert len({thread for _, thread in done}) == 2
    assert not OutboxTask.objects.owed().exists()
    assert set(OutboxTask.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_run_a_schedule_once(monkeypatch):
    both_found_it_due = threading.Barrier(2, timeout=30)
    look = schedules.due_schedules
    runs = []
    registry.schedule("sweep", every=timedelta(hours=1))(lambda: runs.append(1))

    def look_and_wait(now):
        found = look(now)
        both_found_it_due.wait()
        return found

    monkeypatch.setattr(schedules, "due_schedules", look_and_wait)
    in_two_threads(lambda: Worker().drain())
    assert runs == [1]


def in_two_threads(function) -> list:
    results, errors = [], []

    def call():
        try:
            results.append(function())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    return results
