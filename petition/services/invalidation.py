"""Judge signatures: hold one, release it, set it aside with a reason, restore it. Each can be taken back.

An act locks the petition, then the signature's consents, then the signature, as whoever leaves does with the last two;
the total comes last. So the count is final at delivery, and nobody is subscribed who says no at the same moment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from campaign.outbox import queue
from petition.enums import Channel, ConsentPurpose, EventKind, SignatureState
from petition.errors import CountIsFinal
from petition.models import Consent, Contact, Petition, Signature, SignatureEvent
from petition.models.petition import FINAL
from petition.services import subscription
from petition.services.counting import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

AT_ONCE = 500  # signatures per press of a button: some seconds, and what went wrong is seen before it is many


@dataclass(frozen=True)
class Act:
    """One way from a state to another; its name stands in addresses and, behind `signature.`, in the history."""

    name: str
    since: tuple[SignatureState, ...]
    to: SignatureState
    event: EventKind

    @property
    def log_action(self) -> str:
        return f"signature.{self.name}"

    def changes_count_by(self, state: str) -> int:
        """Return what the act does to the count, for a signature in this state."""
        return int(self.to == SignatureState.CONFIRMED) - int(state == SignatureState.CONFIRMED)


RELEASE = Act("release", (SignatureState.HELD,), SignatureState.CONFIRMED, EventKind.RELEASED)
HOLD = Act("hold", (SignatureState.CONFIRMED,), SignatureState.HELD, EventKind.HELD)
SET_ASIDE = Act(
    "set_aside",
    (SignatureState.CONFIRMED, SignatureState.HELD),
    SignatureState.INVALIDATED,
    EventKind.INVALIDATED,
)
RESTORE = Act("restore", (SignatureState.INVALIDATED,), SignatureState.CONFIRMED, EventKind.RESTORED)
ACTS = {act.name: act for act in (RELEASE, HOLD, SET_ASIDE, RESTORE)}


def release(signature: Signature, *, reason: str, by: "User") -> bool:
    """Count a held signature; see `judge`."""
    return judge(signature, RELEASE, reason=reason, by=by)


def hold(signature: Signature, *, reason: str, by: "User") -> bool:
    """Take a signature out of the count until somebody has looked at it; see `judge`."""
    return judge(signature, HOLD, reason=reason, by=by)


def set_aside(signature: Signature, *, reason: str, by: "User") -> bool:
    """Take a signature out of the count, for a reason; see `judge`."""
    return judge(signature, SET_ASIDE, reason=reason, by=by)


def restore(signature: Signature, *, reason: str, by: "User") -> bool:
    """Count a signature again that was set aside; see `judge`."""
    return judge(signature, RESTORE, reason=reason, by=by)


@transaction.atomic
def judge(signature: Signature, act: Act, *, reason: str, by: "User") -> bool:
    """Do one act: state and reason, event, total, a line of the history with who and why.

    False, and nothing changes, where the signature has gone, or isn't in a state that the act begins at: repeats and
    races are harmless. Trials are never judged. Whoever is counted for the first time gets the mail of thanks; whoever
    has asked for news since the mailbox was last heard on them gets them from now on. Raises CountIsFinal once the
    petition is delivered, except where the count stays as it is.
    """
    petition = Petition.objects.select_for_update(no_key=True).get(pk=signature.petition_id)
    wants_news = _news_consent(signature) if act.to == SignatureState.CONFIRMED else None
    found = Signature.objects.filter(pk=signature.pk, state__in=act.since, trial=False).first()
    if found is None:
        return False
    change = act.changes_count_by(found.state)
    if change and petition.count_is_final:
        raise CountIsFinal
    rows = Signature.objects.filter(pk=found.pk, state=found.state)
    if not rows.update(state=act.to, state_reason=reason):
        return False  # withdrawn since it was read
    now = timezone.now()
    if change > 0:
        queue.put_many(_owed_to(found, wants_news, now))
    log(found, act.log_action, user=by, data={"reason": reason}, timestamp=now)
    signature.state, signature.state_reason = act.to, reason
    record(
        found.petition_id,
        act.event,
        change,
        signature_uuid=found.uuid,
        place=found.place,
        moment=now,
        channel=Channel.STAFF,
    )
    return True


def judge_some(rows: QuerySet[Signature], act: Act, *, reason: str, by: "User") -> int:
    """Do one act to the oldest 500 of `rows`, each in a transaction of its own; return for how many it was done."""
    some = list(open_to(act, rows).order_by("pk")[:AT_ONCE])
    done = 0
    for signature in some:
        try:
            done += judge(signature, act, reason=reason, by=by)
        except CountIsFinal:  # delivered since they were looked up
            break
    return done


def open_to(act: Act, rows: QuerySet[Signature]) -> QuerySet[Signature]:
    """Return those of `rows` that the act can be done to."""
    possible = Q(pk__in=[])
    for state in act.since:
        final = Q(petition__state__in=FINAL) if act.changes_count_by(state) else Q(pk__in=[])
        possible |= Q(state=state) & ~final
    return rows.filter(possible, trial=False)


def acts_on(signature: Signature) -> list[Act]:
    """Return what can be done to a signature as it is."""
    if signature.trial:
        return []
    final = signature.petition.count_is_final
    return [
        act
        for act in ACTS.values()
        if signature.state in act.since and not (final and act.changes_count_by(signature.state))
    ]


def _news_consent(signature: Signature) -> Consent | None:
    """Return their yes to the news, held until the transaction ends; None where there is none, or no more."""
    given = Consent.objects.filter(signature=signature.pk, text__purpose=ConsentPurpose.NEWSLETTER)
    active = given.filter(withdrawn_at__isnull=True).order_by("-confirmed_at")
    return active.select_for_update(of=("self",)).first()


def _never_counted(signature: Signature) -> bool:
    """Whether it was held when its mailbox confirmed, and has not counted since."""
    later = SignatureEvent.objects.filter(signature_uuid=signature.uuid).exclude(kind=EventKind.CONFIRMED)
    known = set(later.values_list("kind", "delta"))
    return (EventKind.HELD, 0) in known and not any(delta > 0 for _kind, delta in known)


def _owed_to(signature: Signature, wants_news: Consent | None, now: datetime) -> list[queue.Task]:
    if not signature.email:  # the name is erased
        return []
    owed = [queue.Task("thank_you_mail", str(signature.pk))] if _never_counted(signature) else []
    if wants_news is not None and not _heard_since(signature, wants_news.confirmed_at):
        given, confirmed = wants_news.given_at, wants_news.confirmed_at
        owed.append(
            subscription.subscribe(signature, wants_news.text_id, now, given_at=given, confirmed_at=confirmed)
        )
    return owed


def _heard_since(signature: Signature, moment: datetime) -> bool:
    """Whether the mailbox has said yes or no to the news at or after this moment: what was said last stands."""
    contacts = Contact.objects.filter(email_key=signature.email_key)
    return contacts.filter(state_changed_at__gte=moment).exists()
