"""Is the post going out? Facts for the health page and for the banner in the admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone

from . import heartbeat, registry
from .models import OutboxTask, OutboxTaskQuerySet, ScheduledRun

# A worker gives a sign of life every 15 s, and one task may keep it busy for two minutes.
SILENT_AFTER = timedelta(minutes=3)

# Mail usually leaves within seconds; a mail server's short restart is no news.
STUCK_AFTER = timedelta(minutes=15)

# One refused address is no outage. Several given up in a row, with no success between, are
# (a server that refuses to relay, an expired password).
FAILURES_IN_A_ROW = 3
FAILURES_COUNT_FOR = timedelta(days=1)

# What must be deleted is deleted every day; what runs once a day has an hour more.
DELETED_LATE_AFTER = timedelta(hours=24)
DELETED_LATE_SLACK = timedelta(hours=1)

# Since when a task is owed: its due moment moves with each attempt, so it says nothing after the first.
_OWED_SINCE = Case(When(attempts=0, then=F("due")), default=F("created_at"))


@dataclass(frozen=True)
class MailTrouble:
    """Mail is owed and none leaves: since when, how many, and the last error in words."""

    since: datetime
    owed: int
    given_up: bool
    last_error: str
    worker_silent_since: datetime | None


def worker_silent_since() -> datetime | None:
    """When the worker last gave a sign of life, if that is too long ago; None while it works.

    Where no worker ever ran: since the oldest task that waits for it, else since now.
    """
    last = heartbeat.last()
    now = timezone.now()
    if last is not None:
        return last if last < now - SILENT_AFTER else None
    return OutboxTask.objects.active().aggregate(first=Min("created_at"))["first"] or now


def late_deletions() -> list[ScheduledRun]:
    """The runs that delete data and haven't come to a good end for a day, or failed the last time. One statement.

    What has never begun is not among them: then no worker has run at all, which is told by itself.
    """
    now = timezone.now()
    latest = {
        known.name: now - max(DELETED_LATE_AFTER, known.every + DELETED_LATE_SLACK)
        for known in registry.deletions()
    }
    return [
        run
        for run in ScheduledRun.objects.filter(name__in=list(latest))
        if run.failed_at or ((last := run.last_ended or run.last_started) and last < latest[run.name])
    ]


def mail_is_stuck() -> datetime | None:
    """Since when mail is owed, if none has left for 15 minutes; else None. At most three statements.

    Owed means: due for more than 15 minutes (whatever became of the attempts since), or, when nothing else
    is, at least three given up during the last day and since the last success.
    """
    stuck = _stuck(timezone.now())
    return stuck.since if stuck else None


def mail_trouble() -> MailTrouble | None:
    """All that the banner says, or None when the post is going out."""
    stuck = _stuck(timezone.now())
    if stuck is None:
        return None
    waiting = _mails().failed() if stuck.given_up else _mails().active()
    latest = waiting.exclude(last_error="").order_by("-id").values_list("last_error", flat=True).first()
    return MailTrouble(stuck.since, stuck.owed, stuck.given_up, latest or "", worker_silent_since())


def _mails() -> OutboxTaskQuerySet:
    return OutboxTask.objects.filter(kind__in=registry.mail_kinds())


def _owed(now: datetime) -> OutboxTaskQuerySet:
    """Mails still being tried that are due, or were due before and failed since."""
    return _mails().active().filter(Q(due__lte=now) | Q(attempts__gt=0))


class _Stuck(NamedTuple):
    since: datetime
    owed: int
    given_up: bool


def _stuck(now: datetime) -> _Stuck | None:
    owed = _owed(now).aggregate(since=Min(_OWED_SINCE), number=Count("id"))
    a_day_ago = now - FAILURES_COUNT_FOR
    successes = _mails().filter(done_at__gte=a_day_ago).order_by("-done_at")
    last_success = successes.values_list("done_at", flat=True).first()
    if last_success and last_success >= now - STUCK_AFTER:
        return None
    if owed["since"] and owed["since"] < now - STUCK_AFTER:
        return _Stuck(owed["since"], owed["number"], given_up=False)
    failures = _mails().filter(failed_at__gte=last_success or a_day_ago)
    given_up = failures.aggregate(since=Min("failed_at"), number=Count("id"))
    if given_up["number"] >= FAILURES_IN_A_ROW and given_up["since"] < now - STUCK_AFTER:
        return _Stuck(given_up["since"], given_up["number"], given_up=True)
    return None
