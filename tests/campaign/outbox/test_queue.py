from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.errors import LeaseLost
from campaign.outbox.models import OutboxTask, Priority
from campaign.outbox.queue import Task
from campaign.outbox.retry import RetryTimetable

pytestmark = pytest.mark.django_db

ONE_MORE = RetryTimetable((timedelta(minutes=1),))


def claimed(**fields) -> OutboxTask:
    """A task in this worker's hands, begun."""
    queue.put("greet", **fields)
    (task,) = queue.claim()
    queue.begin(task)
    return task


def lease_runs_out(task: OutboxTask) -> None:
    OutboxTask.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_put_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        queue.put("greet", subject="7", idempotency_key="greet-7", priority=Priority.FIRST)
    task = OutboxTask.objects.get()
    assert (task.kind, task.subject, task.priority, task.attempts) == ("greet", "7", Priority.FIRST, 0)


def test_put_many_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        queue.put_many([Task("greet", subject=str(number)) for number in range(5)])
    assert OutboxTask.objects.count() == 5


def test_a_task_put_in_a_transaction_that_is_rolled_back_was_never_owed():
    with pytest.raises(RuntimeError), transaction.atomic():
        queue.put("greet")
        raise RuntimeError
    assert not OutboxTask.objects.exists()


def test_the_same_idempotency_key_is_owed_once():
    queue.put("greet", subject="first", idempotency_key="a")
    queue.put("greet", subject="second", idempotency_key="a")
    queue.put_many([Task("greet", idempotency_key="a"), Task("greet", idempotency_key="b")])
    assert sorted(OutboxTask.objects.values_list("subject", "idempotency_key")) == [("", "b"), ("first", "a")]


def test_tasks_without_a_key_are_owed_as_often_as_they_are_put():
    queue.put("greet")
    queue.put("greet")
    assert OutboxTask.objects.count() == 2


def test_a_task_without_a_kind_is_refused_and_not_swallowed():
    with pytest.raises(ValueError):
        queue.put("", idempotency_key="a")


def test_the_database_itself_refuses_a_task_that_is_done_and_given_up():
    queue.put("greet")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxTask.objects.update(done_at=timezone.now(), failed_at=timezone.now())


def test_the_database_itself_refuses_a_task_without_a_kind():
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxTask.objects.create(kind="")


def test_claim_takes_the_first_priority_first_then_the_oldest():
    now = timezone.now()
    queue.put("greet", subject="last", priority=Priority.LAST)
    queue.put("greet", subject="younger")
    queue.put("greet", subject="older", due=now - timedelta(hours=1))
    queue.put("greet", subject="first", priority=Priority.FIRST)
    assert [task.subject for task in queue.claim(3)] == ["first", "older", "younger"]


def test_claim_leaves_what_is_not_due_what_is_taken_and_what_has_ended():
    queue.put("greet", subject="tomorrow", due=timezone.now() + timedelta(days=1))
    queue.settle(claimed(subject="done"))
    queue.give_up(claimed(subject="given up"), RuntimeError("no"))
    queue.put("greet", subject="taken")
    assert [task.subject for task in queue.claim()] == ["taken"]
    assert queue.claim() == []


def test_a_lease_that_ran_out_is_taken_again():
    first = claimed()
    lease_runs_out(first)
    (second,) = queue.claim()
    assert second.pk == first.pk


def test_begin_counts_the_attempt_and_renews_the_lease():
    queue.put("greet")
    (task,) = queue.claim()
    lease = task.lease_until
    queue.begin(task)
    task.refresh_from_db()
    assert task.attempts == 1
    assert task.lease_until > lease
    assert task.lease_until - timezone.now() > queue.LONGEST_TASK


def test_settle_runs_finish_and_marks_the_task_as_done():
    ran = []
    task = claimed()
    queue.settle(task, lambda: ran.append(1))
    task.refresh_from_db()
    assert ran == [1]
    assert task.done_at and task.lease_until is None


def test_a_finish_that_fails_leaves_the_task_owed():
    task = claimed()

    def finish() -> None:
        queue.put("greet", subject="written by finish")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        queue.settle(task, finish)
    assert OutboxTask.objects.get().done_at is None


def stale_and_new() -> tuple[OutboxTask, OutboxTask]:
    """One task in the eyes of a worker that lost it, and of the one that has it."""
    stale = claimed()
    lease_runs_out(stale)
    (new,) = queue.claim()
    queue.begin(new)
    return stale, new


def test_a_worker_that_lost_its_lease_neither_settles_nor_finishes():
    stale, new = stale_and_new()
    ran = []
    with pytest.raises(LeaseLost):
        queue.settle(stale, lambda: ran.append(1))
    assert ran == []
    queue.settle(new)
    assert OutboxTask.objects.get().done_at


@pytest.mark.parametrize(
    "act",
    [
        lambda task: queue.begin(task),
        lambda task: queue.retry(task, RuntimeError(), ONE_MORE),
        lambda task: queue.give_up(task, RuntimeError()),
        lambda task: queue.postpone(task, timezone.now()),
        lambda task: queue.remember(task, sent="yes"),
    ],
    ids=["begin", "retry", "give_up", "postpone", "remember"],
)
def test_a_worker_that_lost_its_lease_changes_nothing(act):
    stale, new = stale_and_new()
    before = OutboxTask.objects.filter(pk=new.pk).values().get()
    with pytest.raises(LeaseLost):
        act(stale)
    assert OutboxTask.objects.filter(pk=new.pk).values().get() == before


def test_a_worker_that_lost_its_lease_gives_nothing_back():
    stale, new = stale_and_new()
    queue.release([stale])
    assert OutboxTask.objects.get().lease_until == new.lease_until


def test_a_worker_that_comes_back_after_the_task_was_done_does_not_settle_it_again():
    stale, new = stale_and_new()
    queue.settle(new)
    with pytest.raises(LeaseLost):
        queue.settle(stale)


def test_retry_puts_the_task_back_with_its_error():
    task = claimed()
    due = queue.retry(task, ConnectionError("refused"), ONE_MORE)
    task.refresh_from_db()
    assert task.due == due > timezone.now()
    assert task.lease_until is None
    assert task.last_error == "ConnectionError: refused"


def test_after_the_last_attempt_the_task_stays_in_sight():
    task = claimed()
    queue.retry(task, ConnectionError("refused"), ONE_MORE)
    OutboxTask.objects.update(due=timezone.now())
    (task,) = queue.claim()
    queue.begin(task)
    assert queue.retry(task, ConnectionError("refused again"), ONE_MORE) is None
    task = OutboxTask.objects.failed().get()
    assert task.last_error == "ConnectionError: refused again"
    assert OutboxTask.objects.owed().count() == 1


def test_try_again_makes_a_failed_task_due_with_all_attempts_before_it():
    task = claimed()
    queue.give_up(task, RuntimeError("no"))
    assert queue.claim() == []
    assert queue.try_again(task) == 1
    (again,) = queue.claim()
    assert (again.attempts, again.failed_at) == (0, None)


def test_try_again_takes_a_whole_list_and_leaves_what_is_done():
    queue.settle(claimed(subject="done"))
    queue.give_up(claimed(subject="given up"), RuntimeError("no"))
    queue.retry(claimed(subject="waits"), RuntimeError("no"), ONE_MORE)
    assert queue.try_again(OutboxTask.objects.all()) == 2
    assert sorted(task.subject for task in queue.claim()) == ["given up", "waits"]


def test_postpone_does_not_count_the_attempt():
    task = claimed()
    tomorrow = timezone.now() + timedelta(days=1)
    queue.postpone(task, tomorrow)
    task.refresh_from_db()
    assert (task.attempts, task.due, task.lease_until) == (0, tomorrow, None)


def test_release_gives_a_claimed_task_to_the_next_worker():
    queue.put("greet")
    queue.release(queue.claim())
    (task,) = queue.claim()
    assert task.attempts == 0


def test_remember_adds_to_the_parameters_and_keeps_the_rest():
    task = claimed(parameters={"pending": 7})
    queue.remember(task, nonce="abc")
    assert task.parameters == {"pending": 7, "nonce": "abc"}
    task.refresh_from_db()
    assert task.parameters == {"pending": 7, "nonce": "abc"}


def test_remember_is_undone_with_the_callers_transaction():
    task = claimed(parameters={"pending": 7})
    with pytest.raises(RuntimeError), transaction.atomic():
        queue.remember(task, nonce="abc")
        raise RuntimeError
    task.refresh_from_db()
    assert task.parameters == {"pending": 7}


def test_a_task_calls_itself_by_kind_and_number_alone():
    queue.put("greet", subject="row-9", parameters={"reference": "secret"})
    task = OutboxTask.objects.get()
    assert str(task) == f"greet {task.pk}"
