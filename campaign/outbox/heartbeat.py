"""The worker's sign of life, kept as the row of a run by the clock."""

from datetime import datetime, timedelta

from django.utils import timezone

from .models import ScheduledRun

NAME = "worker"

# Often enough that silence is noticed within minutes, seldom enough to cost nothing.
EVERY = timedelta(seconds=15)


def beat() -> datetime:
    """Writes down that a worker is alive, and returns when."""
    now = timezone.now()
    if not ScheduledRun.objects.filter(name=NAME).update(last_ended=now):
        ScheduledRun.objects.bulk_create(
            [ScheduledRun(name=NAME, last_started=now, last_ended=now)], ignore_conflicts=True
        )
    return now


def last() -> datetime | None:
    """When a worker last gave a sign of life; None if none ever did."""
    return ScheduledRun.objects.filter(name=NAME).values_list("last_ended", flat=True).first()
