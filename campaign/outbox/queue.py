"""Putting tasks in the letter-box, taking them out, and writing down what became of them.

A claimed task carries its lease in `lease_until`; every later statement names that lease, so a worker whose
lease ran out changes nothing once another has the task.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from .errors import LeaseLost, describe
from .models import OutboxTask, Priority
from .registry import Finish
from .retry import RetryTimetable

# The longest that one task may take: an SMTP dialogue has about ten steps, each cut off after 10 s.
LONGEST_TASK = timedelta(minutes=2)

# How long a task is one worker's alone. Begun anew before each task is worked, so the size of the batch
# doesn't matter; it is also how long the tasks of a killed worker wait for another.
LEASE = LONGEST_TASK + timedelta(minutes=1)

# Enough that claiming costs little per task, few enough that a second worker finds something to do.
BATCH = 20


@dataclass(frozen=True)
class Task:
    """A task to be put, for `put_many`; the fields are those of `put`."""

    kind: str
    subject: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    idempotency_key: str = ""
    priority: Priority = Priority.NORMAL
    due: datetime | None = None


def put(
    kind: str,
    *,
    subject: str = "",
    parameters: dict[str, Any] | None = None,
    idempotency_key: str = "",
    priority: Priority = Priority.NORMAL,
    due: datetime | None = None,
) -> None:
    """Owes one task from the moment that the caller's transaction is committed; one statement.

    A second task with the same idempotency key is not put, for as long as the first is kept (7 days after
    it was done). `subject` and `parameters` hold keys of rows, never somebody's data.
    """
    put_many([Task(kind, subject, parameters or {}, idempotency_key, priority, due)])


def put_many(tasks: Iterable[Task]) -> None:
    """Owes several tasks by one statement; see `put`."""
    now = timezone.now()
    rows = [_row(task, now) for task in tasks]
    # SQLite's way of ignoring a conflict also swallows broken CHECKs, hence the test in _row and
    # no ignoring where there is no key.
    OutboxTask.objects.bulk_create(rows, ignore_conflicts=any(row.idempotency_key for row in rows))


def _row(task: Task, now: datetime) -> OutboxTask:
    if not task.kind:
        raise ValueError("A task needs a kind.")
    return OutboxTask(
        kind=task.kind,
        subject=task.subject,
        parameters=task.parameters,
        idempotency_key=task.idempotency_key,
        priority=task.priority,
        due=task.due or now,
        created_at=now,
    )


def claim(batch: int = BATCH) -> list[OutboxTask]:
    """Takes up to `batch` due tasks, first priority first; no other worker gets them meanwhile."""
    now = timezone.now()
    with transaction.atomic():
        free = OutboxTask.objects.free(now).order_by("priority", "due", "id")
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        tasks = list(free[:batch])
        lease_until = now + LEASE
        if tasks:
            OutboxTask.objects.filter(pk__in=[task.pk for task in tasks]).update(lease_until=lease_until)
    for task in tasks:
        task.lease_until = lease_until
    return tasks


def begin(task: OutboxTask) -> None:
    """Counts an attempt and renews the lease; `LeaseLost` if another worker has the task.

    Counted here and not by `claim`, so that a task that kills its worker uses up its own attempts
    and not those of its neighbours in the batch.
    """
    lease_until = timezone.now() + LEASE
    _change(task, attempts=F("attempts") + 1, lease_until=lease_until)
    task.attempts += 1
    task.lease_until = lease_until


def settle(task: OutboxTask, finish: Finish | None = None) -> None:
    """Runs `finish` and marks the task as done, in one transaction.

    `LeaseLost`, and nothing written, if another worker has the task by now.
    """
    now = timezone.now()
    with transaction.atomic():
        # First, so that the row is held while `finish` runs and a late worker is stopped before it.
        _change(task, done_at=now, lease_until=None, last_error="")
        if finish is not None:
            finish()
    task.done_at, task.lease_until, task.last_error = now, None, ""


def retry(task: OutboxTask, error: BaseException, timetable: RetryTimetable) -> datetime | None:
    """Puts the task back until the timetable says; returns when, or None after the last attempt."""
    wait = timetable.wait_after(task.attempts)
    if wait is None:
        give_up(task, error)
        return None
    due = timezone.now() + wait
    _change(task, due=due, lease_until=None, last_error=describe(error))
    return due


def give_up(task: OutboxTask, error: BaseException) -> None:
    """No further attempt: the task stays in sight of staff with its error."""
    _change(task, failed_at=timezone.now(), lease_until=None, last_error=describe(error))


def postpone(task: OutboxTask, until: datetime) -> None:
    """Puts the task back until a moment that its handler named; the attempt doesn't count."""
    _change(task, due=until, lease_until=None, attempts=max(task.attempts - 1, 0))


def release(tasks: Iterable[OutboxTask]) -> None:
    """Gives back tasks that were claimed and not begun."""
    for task in tasks:
        OutboxTask.objects.filter(pk=task.pk, lease_until=task.lease_until).update(lease_until=None)


def remember(task: OutboxTask, **parameters: Any) -> None:
    """Adds to the task's parameters, in the caller's transaction: what the next attempt must know."""
    merged = {**task.parameters, **parameters}
    _change(task, parameters=merged)
    task.parameters = merged


def drop(task: OutboxTask, *names: str) -> None:
    """Takes parameters away that must not be kept any longer."""
    left = {name: value for name, value in task.parameters.items() if name not in names}
    _change(task, parameters=left)
    task.parameters = left


def try_again(tasks: OutboxTask | QuerySet[OutboxTask]) -> int:
    """Makes tasks that failed or wait for their next attempt due now, with all attempts before them.

    Returns how many; done ones are left alone.
    """
    chosen = OutboxTask.objects.filter(pk=tasks.pk) if isinstance(tasks, OutboxTask) else tasks
    return chosen.filter(done_at=None).update(due=timezone.now(), failed_at=None, attempts=0)


def _change(task: OutboxTask, **values: Any) -> None:
    """Updates the task if it is still in the hands of whoever holds this object."""
    held = OutboxTask.objects.active().filter(pk=task.pk, lease_until=task.lease_until)
    if not held.update(**values):
        raise LeaseLost(f"{task} is no longer this worker's")
