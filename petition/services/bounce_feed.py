"""Whether we still hear of mail that comes back: silence is no proof that all of it arrived."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from campaign.outbox import registry
from campaign.outbox.models import OutboxTask, ScheduledRun

NAME = "returned_mail"  # the row among the runs by the clock that says when we last heard
SILENT_AFTER = timedelta(days=1)
# A provider reports each delivery too. From so many mails in a day, none of them reported, its hook isn't connected.
MAILS_THAT_SPEAK = 20


def heard() -> None:
    """Write down that the mailbox could be read, or that the provider has told us something."""
    now = timezone.now()
    if not ScheduledRun.objects.filter(name=NAME).update(last_ended=now):
        row = ScheduledRun(name=NAME, last_started=now, last_ended=now)
        ScheduledRun.objects.bulk_create([row], ignore_conflicts=True)


def silent_since() -> datetime | None:
    """Since when nothing tells us of returned mail though the settings say that something should; None while it does.

    The mailbox is silent when it couldn't be read for a day; a provider's hook when many mails left in a day and none
    was reported. Three statements at most.
    """
    if not (settings.BOUNCE_MAILBOX or settings.MAIL_HOOK_SECRET):
        return None
    now = timezone.now()
    last = ScheduledRun.objects.filter(name=NAME).values_list("last_ended", flat=True).first()
    left = OutboxTask.objects.filter(kind__in=registry.mail_kinds(), done_at__isnull=False)
    if (
        not settings.BOUNCE_MAILBOX
        and left.filter(done_at__gte=now - SILENT_AFTER).count() < MAILS_THAT_SPEAK
    ):
        return None
    since = last or left.aggregate(first=Min("done_at"))["first"]
    return since if since and since <= now - SILENT_AFTER else None
