"""What is kept how long, and its end."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from petition.enums import ContactState, QuestionReason, SuppressionReason
from petition.limits import ANSWER_TIME, CONTACT_LIFE, PENDING_LIFE
from petition.models import Contact, PendingSignature, Suppression
from petition.services import news, subscription

AT_ONCE = 1000  # rows per DELETE, so that no lock is held for long


@dataclass(frozen=True)
class Retired:
    """How many supporters were asked, deleted without an answer, deleted long after they left; proofs deleted."""

    asked: int
    silent: int
    left: int
    proofs: int


def expire_pending(now: datetime) -> int:
    """Delete what no mailbox confirmed in 14 days; return how many rows went."""
    deleted, _ = PendingSignature.objects.filter(received_at__lt=now - PENDING_LIFE).delete()
    return deleted


def retire_contacts(now: datetime) -> Retired:
    """Let go of supporters whose last yes is three years old, once they were asked and had 30 days to answer.

    Who left is kept by fingerprint for three years, and so is the proof of whoever is deleted.
    """
    return Retired(
        asked=_ask(now),
        silent=_forget_each(_silent(now)),
        left=_forget_each(_long_gone(now)),
        proofs=_delete_old_proofs(now),
    )


def _ask(now: datetime) -> int:
    due = _over(now).filter(Q(asked_at__isnull=True) | Q(asked_at__lt=F("confirmed_at") + CONTACT_LIFE))
    if not due.exists():
        return 0
    news.renew_words_of_the_past()
    return news.owe_questions(due, QuestionReason.YEARS, lambda pk: f"{news.MAIL}:years:{pk}")


def _silent(now: datetime) -> QuerySet[Contact]:
    """Return those who didn't answer; a question about a list, asked before the three years were over, is none."""
    return _over(now).filter(asked_at__lt=now - ANSWER_TIME, asked_at__gte=F("confirmed_at") + CONTACT_LIFE)


def _long_gone(now: datetime) -> QuerySet[Contact]:
    return Contact.objects.exclude(state=ContactState.SUBSCRIBED).filter(
        state_changed_at__lt=now - CONTACT_LIFE
    )


def _over(now: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(state=ContactState.SUBSCRIBED, confirmed_at__lt=now - CONTACT_LIFE)


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


def _delete_old_proofs(now: datetime) -> int:
    over = Suppression.objects.filter(reason=SuppressionReason.ERASURE, until__lte=now)
    deleted = 0
    while keys := list(over.values_list("pk", flat=True)[:AT_ONCE]):
        deleted += Suppression.objects.filter(pk__in=keys).delete()[0]
    return deleted
