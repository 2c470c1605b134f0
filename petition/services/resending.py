"""Send the mail to confirm again to those who wait: once each, not within 24 hours, some hundreds at a time."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from petition.enums import NotResent, PetitionState, SuppressionReason
from petition.models import PendingSignature, Suppression
from petition.services import signing

AT_ONCE = 500  # mails to confirm go before all others: more would keep those waiting who sign meanwhile
NOT_AGAIN_WITHIN = timedelta(hours=24)
DUE = ""  # in the place of a reason: there is none
CAME_BACK = (SuppressionReason.BOUNCE, SuppressionReason.PAUSED)


def told_apart(rows: QuerySet[PendingSignature], now: datetime) -> Counter[str]:
    """Count the rows that are due a mail at `now` (aware), and those left out by the reason; one statement."""
    counted = _with_reasons(rows, now).order_by().values_list("left_out").annotate(number=Count("pk"))
    return Counter(dict(counted))


@transaction.atomic
def resend(rows: QuerySet[PendingSignature], now: datetime) -> Counter[int]:
    """Owe a fresh mail to those who are due one, the longest waiting first, 500 at most; count them by petition's key.

    A second press finds nobody of them due, whether the mails have left or not; then no reminder follows. Each is one
    of the three mails a day that a mailbox gets, and is in the signer's own language; links of earlier mails stay good.
    """
    due = _with_reasons(rows, now).filter(left_out=DUE).order_by("pk")
    asked = list(due.select_for_update(of=("self",))[:AT_ONCE])
    for pending in asked:
        signing.ask_again(pending, pending.email)
    PendingSignature.objects.filter(pk__in=[pending.pk for pending in asked]).update(resent_at=now)
    return Counter(pending.petition_id for pending in asked)


def _with_reasons(rows: QuerySet, now: datetime) -> QuerySet:
    """Add `left_out` to each row: the first reason not to write that is true of it, or nothing."""
    in_force = Suppression.objects.in_force(OuterRef("email_key"), OuterRef("petition_id"), now)
    # Apart, each finds its own index: together they would read the whole table for every row.
    of_all, of_this = (
        in_force.filter(petition__isnull=True),
        in_force.filter(petition=OuterRef("petition_id")),
    )
    lately = now - NOT_AGAIN_WITHIN
    confirmable = Q(
        petition__state__in=(PetitionState.OPEN, PetitionState.CLOSED), petition__blanked_at__isnull=True
    )
    return rows.annotate(
        left_out=Case(
            When(trial=True, then=Value(NotResent.TRIAL.value)),
            When(~confirmable, then=Value(NotResent.OVER.value)),
            When(Exists(of_this.filter(reason=SuppressionReason.NOT_ME)), then=Value(NotResent.NOT_ME.value)),
            When(Exists(of_all.filter(reason__in=CAME_BACK)), then=Value(NotResent.RETURNED.value)),
            When(Exists(of_all) | Exists(of_this), then=Value(NotResent.REFUSED.value)),
            When(Q(mailed_at__gt=lately) | Q(resent_at__gt=lately), then=Value(NotResent.RECENT.value)),
            When(
                Q(resent_at__isnull=False) | Q(reminded_at__isnull=False),
                then=Value(NotResent.REMINDED.value),
            ),
            default=Value(DUE),
            output_field=CharField(),
        )
    )
