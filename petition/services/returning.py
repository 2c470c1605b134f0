"""What follows when mail comes back or is called unwanted: no more of it. A confirmed signature stays whatever comes.

Mailboxes are named by their fingerprints alone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from petition import periods, sql
from petition.enums import BounceKind, ContactState, SuppressionReason, SuppressionScope, TallyKind
from petition.models import Bounce, Contact, Endorsement, PendingSignature, Petition, Signature, Suppression
from petition.services import subscription, tallying

SOFT_TOLERATED = 3  # a mailbox may be full for a few days; the third time says that nobody empties it
SOFT_WITHIN = timedelta(days=7)
AT_ONCE = 1000  # rows per statement

STOPS = {
    BounceKind.HARD: (SuppressionReason.BOUNCE, ContactState.BOUNCED),
    BounceKind.COMPLAINT: (SuppressionReason.COMPLAINT, ContactState.COMPLAINED),
}
MAY_BE_LIFTED = (SuppressionReason.BOUNCE, SuppressionReason.PAUSED)  # a complaint is somebody's word


@transaction.atomic
def note_bounce(key: str, kind: BounceKind, moment: datetime, said: str = "") -> bool:
    """Write down that mail to a mailbox came back at `moment` (aware), and stop what must stop.

    `said` holds codes and nobody's words. The same report told again changes nothing, and is answered by False.
    """
    report = Bounce(email_key=key, kind=kind, happened_at=moment, said=said)
    if not sql.insert_unless_there(report):
        return False
    if kind in STOPS:
        reason, state = STOPS[kind]
        is_news = _suppress(key, reason, until=timezone.now() + periods.refusal())
        subscription.stop(key, state)
        if is_news and kind == BounceKind.HARD:
            _count_those_waiting(key, moment)
    elif _soft_lately(key, moment) >= SOFT_TOLERATED:
        _suppress(key, SuppressionReason.PAUSED, until=timezone.now() + periods.PAUSE)
    return True


def mailbox_of(rows: Iterable[UUID]) -> str | None:
    """Return the fingerprint of the mailbox that the first known of these rows belongs to; None where none is left."""
    for row in rows:
        for model in (PendingSignature, Signature, Contact, Endorsement):
            key = model.objects.filter(uuid=row).values_list("email_key", flat=True).first()
            if key:
                return key
    return None


@transaction.atomic
def lift(key: str) -> bool:
    """Let a mailbox be written to again whose mail came back; False where nothing of the kind was in force.

    The count of failures begins anew. Who stopped the news by it gets them only by a fresh yes.
    """
    lifted, _ = Suppression.objects.filter(
        email_key=key, scope=SuppressionScope.ALL_MAIL, reason__in=MAY_BE_LIFTED
    ).delete()
    Bounce.objects.filter(email_key=key, kind=BounceKind.SOFT).delete()
    return bool(lifted)


def forget_old(now: datetime, *, dry_run: bool = False) -> int:
    """Delete the reports of more than a year ago; return how many went, or would."""
    old = Bounce.objects.filter(happened_at__lt=now - periods.BOUNCE_LIFE)
    if dry_run:
        return old.count()
    deleted = 0
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        deleted += Bounce.objects.filter(pk__in=keys).delete()[0]
    return deleted


def _soft_lately(key: str, moment: datetime) -> int:
    lately = (moment - SOFT_WITHIN, moment)
    return Bounce.objects.filter(email_key=key, kind=BounceKind.SOFT, happened_at__range=lately).count()


def _suppress(key: str, reason: SuppressionReason, *, until: datetime) -> bool:
    """Forbid mail to a mailbox until then; say whether nothing of the kind was known before."""
    _row, is_news = Suppression.objects.update_or_create(
        email_key=key,
        scope=SuppressionScope.ALL_MAIL,
        reason=reason,
        petition=None,
        defaults={"created_at": timezone.now(), "until": until},
    )
    return is_news


def _count_those_waiting(key: str, moment: datetime) -> None:
    """Book a mail that came back with each petition that waits for its mailbox; trials count nowhere."""
    petitions = Petition.objects.values("pk")
    waiting = PendingSignature.objects.filter(petition__in=petitions, email_key=key, trial=False)
    for petition_id, place in waiting.values_list("petition_id", "place"):
        tallying.add(petition_id, TallyKind.BOUNCED, place, moment)
