"""What the whole site does by the clock; the rooms register their own."""

from datetime import timedelta

from django.utils import timezone

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
