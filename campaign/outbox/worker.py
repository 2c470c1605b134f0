"""The worker: takes what is owed, does it, and writes down what became of it."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPConnectError, SMTPServerDisconnected
from socket import gaierror

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import heartbeat, queue, registry, schedules
from .errors import Later, LeaseLost, Permanent, UnknownKind, describe, place
from .models import OutboxTask
from .retry import THREE_DAYS

logger = logging.getLogger("campaign.outbox")

# A batch that has met a slow server is given back after it, so that a mail somebody waits for goes first.
SLOW = 2.0  # seconds
POLL = 1.0  # seconds; a visitor shouldn't wait longer for the mail than for the page
SCHEDULES_EVERY = timedelta(seconds=10)  # how exact the clockwork is; one SELECT each time
DATABASE_PAUSE = 3.0  # seconds between attempts while the database is restarting

# A server that refused or dropped this many connections in a row is down for everybody: wait a little
# instead of using up an attempt of every task in the queue.
CONNECTIONS_REFUSED = 5
CONNECTION_PAUSE = 10.0  # seconds

_NO_CONNECTION = (ConnectionError, TimeoutError, gaierror, SMTPConnectError, SMTPServerDisconnected)
_NO_DATABASE = (OperationalError, InterfaceError)


class Worker:
    """One worker. `run()` works until `stop()`; `drain()` does what is due now and returns."""

    def __init__(self, *, batch: int = queue.BATCH, sleep: Callable[[float], None] = time.sleep) -> None:
        self.batch = batch
        self._sleep = sleep
        self._stopping = False
        self._schedules_looked_at: datetime | None = None
        self._last_beat: datetime | None = None
        self._refused = 0
        self._database_missing = False

    def stop(self, *_signal: object) -> None:
        """Ends `run()` or `drain()` after the task in flight; may be called from a signal handler."""
        self._stopping = True

    def run(self) -> None:
        """Works until it is stopped; outlives a restart of the database."""
        logger.info("worker started")
        while not self._stopping:
            _close_old_connections()
            try:
                found = self._turn()
                self._database_is_back()
            except _NO_DATABASE as error:
                self._database_is_gone(error)
                self._wait(DATABASE_PAUSE)
                continue
            if self._refused >= CONNECTIONS_REFUSED:
                self._wait(CONNECTION_PAUSE)
            elif not found:
                self._wait(POLL)
        logger.info("worker stopped")

    def drain(self) -> int:
        """Runs the schedules and does all that is due now, then returns how many tasks it took."""
        total = 0
        self._schedules_looked_at = None
        while not self._stopping:
            found = self._turn()
            if not found:
                break
            total += found
            self._refused = 0
        return total

    def _turn(self) -> int:
        self._beat()
        self._run_schedules()
        tasks = queue.claim(self.batch)
        for position, task in enumerate(tasks):
            if self._stopping or self._refused >= CONNECTIONS_REFUSED:
                queue.release(tasks[position:])
                break
            self._beat()
            begun = time.monotonic()
            self._work(task)
            if time.monotonic() - begun > SLOW:
                queue.release(tasks[position + 1 :])
                break
        return len(tasks)

    def _work(self, task: OutboxTask) -> None:
        try:
            queue.begin(task)
            # A handler that activates a language must not leave it to the next one.
            with translation.override(settings.LANGUAGE_CODE):
                outcome = self._attempt(task)
        except LeaseLost:
            outcome = "left to another worker"
        logger.info("%s %s attempt %s: %s", task.kind, task.pk, task.attempts, outcome)

    def _attempt(self, task: OutboxTask) -> str:
        known = registry.handlers.get(task.kind)
        timetable = known.retry if known else THREE_DAYS
        try:
            if known is None:
                raise UnknownKind(_("This version of the site doesn't know how to do this kind of task."))
            finish = known.function(task)
            queue.settle(task, finish)
        except LeaseLost:
            raise
        except Later as later:
            queue.postpone(task, later.until)
            return f"later, {later}"
        except Permanent as error:
            self._refused = 0
            queue.give_up(task, error)
            return f"given up, {describe(error)}"
        except Exception as error:
            self._refused = self._refused + 1 if isinstance(error, _NO_CONNECTION) else 0
            due = queue.retry(task, error, timetable)
            when = f"again at {due:%Y-%m-%d %H:%M:%S %Z}" if due else "given up"
            return f"{when}, {describe(error)} ({place(error)})"
        self._refused = 0
        return "done"

    def _run_schedules(self) -> None:
        now = timezone.now()
        if self._schedules_looked_at and now - self._schedules_looked_at < SCHEDULES_EVERY:
            return
        self._schedules_looked_at = now
        for known in schedules.due_schedules(now):
            if self._stopping:
                return
            if schedules.take(known, timezone.now()):
                self._beat()
                self._run_schedule(known)

    def _run_schedule(self, known: registry.Schedule) -> None:
        try:
            with translation.override(settings.LANGUAGE_CODE):
                report = known.function()
        except Exception as error:
            schedules.ended(known, None, error)
            logger.error("schedule %s failed: %s (%s)", known.name, describe(error), place(error))
        else:
            schedules.ended(known, report)
            logger.info("schedule %s: %s", known.name, report or "done")

    def _beat(self) -> None:
        now = timezone.now()
        if self._last_beat is None or now - self._last_beat >= heartbeat.EVERY:
            self._last_beat = heartbeat.beat()

    def _wait(self, seconds: float) -> None:
        """Sleeps in short pieces, so that a signal is heard within one of them."""
        while seconds > 0 and not self._stopping:
            self._sleep(min(seconds, POLL))
            seconds -= POLL

    def _database_is_gone(self, error: Exception) -> None:
        if not self._database_missing:
            logger.error("the database doesn't answer, trying until it does: %s", describe(error))
        self._database_missing = True
        connections.close_all()

    def _database_is_back(self) -> None:
        if self._database_missing:
            logger.info("the database answers again")
        self._database_missing = False


def _close_old_connections() -> None:
    """As between two requests; but a caller's transaction, such as a test's, is not cut off."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
