"""What is kept how long, and its end; each deletion can also tell what it would do, and then changes nothing."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from petition import periods
from petition.enums import ContactState, QuestionReason, TallyKind
from petition.limits import ANSWER_TIME
from petition.models import Contact, PendingSignature, Suppression
from petition.services import news, subscription, tallying

AT_ONCE = 1000  # rows per DELETE, so that no lock is held for long


@dataclass(frozen=True)
class Retired:
    """How many supporters were asked, deleted without an answer, deleted long after they left; fingerprints deleted."""

    asked: int
    silent: int
    left: int
    fingerprints: int


def expire_pending(now: datetime, *, dry_run: bool = False) -> int:
    """Delete what no mailbox confirmed in time; return how many rows went, or would."""
    over = PendingSignature.objects.filter(received_at__lt=now - periods.unconfirmed())
    if dry_run:
        return over.count()
    expired = 0
    while number := _expire_batch(over, now):
        expired += number
    return expired


@transaction.atomic
def _expire_batch(over: QuerySet[PendingSignature], now: datetime) -> int:
    """Delete some and count them by the hour; who signs anew or confirms meanwhile is waited for, and stays."""
    rows = list(
        over.select_for_update().order_by("pk").values_list("pk", "petition_id", "place", "trial")[:AT_ONCE]
    )
    PendingSignature.objects.filter(pk__in=[row[0] for row in rows]).delete()
    for (petition_id, place), number in Counter(row[1:3] for row in rows if not row[3]).items():
        tallying.add(petition_id, TallyKind.EXPIRED, place, now, number)
    return len(rows)


def retire_contacts(now: datetime, *, dry_run: bool = False) -> Retired:
    """Let go of supporters whose last yes is years old, once they were asked and had 30 days to answer.

    Who left is kept by fingerprint for some years, and so is the proof of whoever is deleted. What has an end goes when
    it has come: proofs, and refusals made for a while.
    """
    if dry_run:
        return Retired(
            asked=_due_to_be_asked(now).count(),
            silent=_silent(now).count(),
            left=_long_gone(now).count(),
            fingerprints=_ended(now).count(),
        )
    return Retired(
        asked=_ask(now),
        silent=_forget_each(_silent(now)),
        left=_forget_each(_long_gone(now)),
        fingerprints=_delete(_ended(now), dry_run),
    )


def _due_to_be_asked(now: datetime) -> QuerySet[Contact]:
    return _over(now).filter(
        Q(asked_at__isnull=True) | Q(asked_at__lt=F("confirmed_at") + periods.supporter())
    )


def _ask(now: datetime) -> int:
    due = _due_to_be_asked(now)
    if not due.exists():
        return 0
    news.renew_words_of_the_past()
    return news.owe_questions(due, QuestionReason.YEARS, lambda pk: f"{news.MAIL}:years:{pk}")


def _silent(now: datetime) -> QuerySet[Contact]:
    """Return those who didn't answer; a question about a list, asked before the three years were over, is none."""
    return _over(now).filter(
        asked_at__lt=now - ANSWER_TIME, asked_at__gte=F("confirmed_at") + periods.supporter()
    )


def _long_gone(now: datetime) -> QuerySet[Contact]:
    return Contact.objects.exclude(state=ContactState.SUBSCRIBED).filter(
        state_changed_at__lt=now - periods.refusal()
    )


def _over(now: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(state=ContactState.SUBSCRIBED, confirmed_at__lt=now - periods.supporter())


def _forget_each(contacts: QuerySet[Contact]) -> int:
    return sum(_forget(contacts, pk) for keys in news.in_batches(contacts) for pk in keys)


@transaction.atomic
def _forget(contacts: QuerySet[Contact], pk: int) -> bool:
    """Delete one contact, unless an answer has come since it was looked up."""
    held = contacts.filter(pk=pk).select_for_update().first()
    if held is None:
        return False
    subscription.forget(held.email_key)
    return True


def _ended(now: datetime) -> QuerySet[Suppression]:
    return Suppression.objects.filter(until__lte=now)


def _delete(over: QuerySet, dry_run: bool) -> int:
    """Delete rows, so many at a time that no lock is held for long; with `dry_run` only count them."""
    if dry_run:
        return over.count()
    deleted = 0
    while keys := list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        deleted += over.filter(pk__in=keys).delete()[0]
    return deleted
