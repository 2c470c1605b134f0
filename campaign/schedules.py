"""What the whole site does by the clock; the rooms register their own."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from campaign import staff_log
from campaign.outbox import registry
from home import scheduled

# Live within a minute of what staff typed, the clockwork's own ten seconds included.
EVERY = timedelta(seconds=30)
# A worker that is killed between two pages must not hold the others up for an hour.
LONGEST_RUN = timedelta(minutes=5)


@registry.schedule("publish_scheduled", every=EVERY, longest=LONGEST_RUN)
def publish_scheduled() -> str:
    """Publishes and takes down the pages whose moment has come, as set in their « Programmation »."""
    return scheduled.do_what_is_due(timezone.now())


@registry.schedule("forget_staff_acts", every=timedelta(hours=6), deletes=True)
def forget_staff_acts(*, dry_run: bool = False) -> str:
    """Deletes what the history of the admin has kept long enough, and reports."""
    number = staff_log.forget_staff_acts(timezone.now(), dry_run=dry_run)
    return gettext("Lines of the history deleted: %(number)s") % {"number": number}
