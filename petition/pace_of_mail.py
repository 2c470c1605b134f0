"""How fast mail leaves for one provider: who sends too fast is taken for a sender of advertising, and loses all.

A turn is reserved once per mail, by one statement, in the database: so several workers agree, and a mail that must
wait comes back when its turn has come, without being counted anew. Confirmations have lanes of their own, so that a
newsletter's thousands never stand before somebody who waits in front of a mailbox.
"""

import random
from datetime import UTC, datetime, timedelta

import idna
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.errors import Later
from campaign.outbox.models import OutboxTask, Priority
from petition import limits, sql

# Per recipient domain. Large providers name no number; a server that sends ten a second to one of them is noticed, and
# half of the signatories of an hour of 50,000 may be with one.
FIRST_PER_MINUTE = 600
OTHERS_PER_MINUTE = 120
AT_ONCE = timedelta(seconds=6)  # a tenth of a minute's mails may leave together; the rest at an even pace
SPREAD = 2.0  # seconds over which mails come back whose turn has come
REMEMBERED = "turn"  # in a task's details: it has had to wait, and its turn is its own


def wait_for_turn(task: OutboxTask, address: str) -> None:
    """Return when the mail may leave for this address's provider. Raises Later, once per mail, when it must wait."""
    if REMEMBERED in task.parameters:
        return
    first = task.priority <= Priority.FIRST
    now = timezone.now()
    turn = _reserve("first" if first else "others", _domain(address), now, per_minute(first=first))
    if turn - now <= AT_ONCE:
        return
    queue.remember(task, **{REMEMBERED: True})
    raise Later(turn - AT_ONCE + timedelta(seconds=random.uniform(0, SPREAD)))  # noqa: S311 (spread, not secrecy)


def per_minute(*, first: bool) -> int:
    """Return how many mails a minute may leave for one domain, for those that go first or for the others."""
    return FIRST_PER_MINUTE if first else OTHERS_PER_MINUTE


def _reserve(lane: str, domain: str, now: datetime, number: int) -> datetime:
    """Return the moment up to which mails for this domain are now reserved: the end of this mail's own turn."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    bucket = limits.bucket(f"pace-{lane}", f"{day:%Y%m%d}", domain, now)
    since_midnight = (now - day) // timedelta(milliseconds=1)
    step = timedelta(minutes=1) // timedelta(milliseconds=1) // number
    reserved = sql.reserve(bucket, since_midnight, step, now + limits.BUCKET_LIFE)
    return day + timedelta(milliseconds=reserved)


def _domain(address: str) -> str:
    domain = address.rpartition("@")[2].lower()
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain
