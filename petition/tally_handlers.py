"""What the worker counts: attempts as it handles them, and the rest by the clock."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import schedule
from petition.enums import TallyKind
from petition.models import PendingSignature
from petition.services import goals, tallying


@transaction.atomic
def count_received(task: OutboxTask, pending: PendingSignature) -> None:
    """Count a form that was sent, once, however often its mail is tried; trials, and mails asked for anew, are none."""
    if pending.trial or "counted" in task.parameters:
        return
    queue.remember(task, counted=True)
    tallying.add(pending.petition_id, TallyKind.RECEIVED, pending.place, pending.received_at)


@schedule("roll_up", every=timedelta(minutes=1))
def roll_up() -> str:
    """Count what has happened to signatures by the hour, and note the goals that are shown since."""
    counted = tallying.roll_up()
    changed = goals.note_goals(timezone.now())
    return gettext("Counted: %(counted)s; goals that changed: %(goals)s") % {
        "counted": counted,
        "goals": changed,
    }
