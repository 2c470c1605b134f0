"""What the letter-box itself does by the clock, and how one of several workers gets to do it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import registry
from .errors import describe
from .models import LAST_ERROR_LENGTH, OutboxTask, ScheduledRun

# Long enough to answer "did that mail leave last week?", short enough to stay small.
KEEP_DONE = timedelta(days=7)

# One DELETE's worth of rows, so that no lock is held for long.
PURGE_AT_ONCE = 5000


@registry.schedule("purge_done_tasks", every=timedelta(hours=1), deletes=True)
def purge_done_tasks(*, dry_run: bool = False) -> str:
    """Deletes the tasks that were done more than a week ago."""
    old = OutboxTask.objects.filter(done_at__lt=timezone.now() - KEEP_DONE).order_by("done_at")
    deleted = old.count() if dry_run else 0
    while not dry_run and (keys := list(old.values_list("pk", flat=True)[:PURGE_AT_ONCE])):
        OutboxTask.objects.filter(pk__in=keys).delete()
        deleted += len(keys)
    return _("Deliveries done long ago, deleted: %(number)s") % {"number": deleted}


def due_schedules(now: datetime) -> list[registry.Schedule]:
    """The registered schedules whose time has come; one statement once their rows exist."""
    runs = {run.name: run for run in ScheduledRun.objects.filter(name__in=list(registry.schedules))}
    _add_rows(name for name in registry.schedules if name not in runs)
    return [
        known
        for known in registry.schedules.values()
        if (run := runs.get(known.name)) is None
        or run.last_started is None
        or run.last_started <= now - known.every
    ]


def _add_rows(names: Iterable[str]) -> None:
    rows = [ScheduledRun(name=name) for name in names]
    if rows:
        ScheduledRun.objects.bulk_create(rows, ignore_conflicts=True)


def take(known: registry.Schedule, now: datetime) -> bool:
    """Marks a schedule as begun; False when it isn't due or another worker has it."""
    rested = Q(last_started=None) | (
        Q(last_started__lte=now - known.every)
        & (Q(last_ended__gte=F("last_started")) | Q(last_started__lte=now - known.longest))
    )
    return bool(ScheduledRun.objects.filter(rested, name=known.name).update(last_started=now))


def has_ended_before(name: str) -> bool:
    """Whether a schedule has come to an end at least once on this site."""
    return ScheduledRun.objects.filter(name=name, last_ended__isnull=False).exists()


def ended(known: registry.Schedule, report: str | None, error: BaseException | None = None) -> None:
    """Writes down how a run ended."""
    now = timezone.now()
    ScheduledRun.objects.filter(name=known.name).update(
        last_ended=now,
        failed_at=now if error else None,
        report=describe(error) if error else (report or "")[:LAST_ERROR_LENGTH],
    )
