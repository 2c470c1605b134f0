"""The one reminder to whoever has signed and not confirmed: two days after the mail left, and never again."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from campaign.outbox import queue
from petition.enums import PetitionState
from petition.limits import REMINDER_AFTER, REMINDER_UNTIL
from petition.models import PendingSignature, Suppression
from petition.services import signing

MAIL = "reminder_mail"
AT_ONCE = 1_000  # tasks per statement
PER_RUN = 5_000  # an hour's reminders to one domain leave within it, beside other mails


def due(now: datetime) -> QuerySet[PendingSignature]:
    """Return those who may be reminded at `now` (aware): not reminded yet, mail arrives, and still time to confirm."""
    open_now = Q(trial=False, petition__state=PetitionState.OPEN) & (
        Q(petition__closes_at__isnull=True) | Q(petition__closes_at__gt=now)
    )
    tried_now = Q(trial=True, petition__state=PetitionState.PREPARATION)
    refused = Suppression.objects.in_force(OuterRef("email_key"), OuterRef("petition_id"), now)
    return PendingSignature.objects.filter(
        open_now | tried_now,
        ~Exists(refused),
        reminded_at__isnull=True,
        resent_at__isnull=True,  # staff have reminded them
        mailed_at__gt=now - REMINDER_UNTIL,
        mailed_at__lte=now - REMINDER_AFTER,
    )


def owe_reminders(now: datetime) -> int:
    """Owe the reminders that are due, the longest waiting first; return how many were found.

    One task per row as long as tasks are remembered, which is longer than the time in which one is due.
    """
    keys = list(due(now).order_by("mailed_at").values_list("pk", flat=True)[:PER_RUN])
    for start in range(0, len(keys), AT_ONCE):
        queue.put_many(
            queue.Task(MAIL, str(pk), idempotency_key=f"{MAIL}:{pk}") for pk in keys[start : start + AT_ONCE]
        )
    return len(keys)


def note_reminded(sent: PendingSignature) -> None:
    """Write down that the reminder has left; to be called in a transaction."""
    signing.note_mailed(sent)
    PendingSignature.objects.filter(pk=sent.pk).update(reminded_at=timezone.now())
