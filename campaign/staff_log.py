"""What staff did is forgotten after a year, but what made or changed a petition and its count."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry, PageLogEntry

from petition import periods
from petition.public import KEPT_WITH_THE_CAMPAIGN

AT_ONCE = 1000  # rows per DELETE, so that no lock is held for long


def forget_staff_acts(now: datetime, *, dry_run: bool = False) -> int:
    """Delete the lines of the history older than the settings say; return how many went, or would.

    What concerns a petition, its texts or single signatures stays as long as they do: it shows who opened, closed and
    delivered, and why the count is what it is.
    """
    before = periods.staff_log_from(now)
    kept = ContentType.objects.get_for_models(*KEPT_WITH_THE_CAMPAIGN).values()
    old: list[QuerySet] = [
        PageLogEntry.objects.filter(timestamp__lt=before),
        ModelLogEntry.objects.filter(timestamp__lt=before).exclude(content_type__in=list(kept)),
    ]
    return sum(entries.count() if dry_run else _delete(entries) for entries in old)


def _delete(entries: QuerySet) -> int:
    deleted = 0
    while keys := list(entries.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        deleted += entries.model.objects.filter(pk__in=keys).delete()[0]
    return deleted
