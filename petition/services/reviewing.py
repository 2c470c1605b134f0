"""What staff decide about organisations: each decision is written down with who took it, and its mail is owed."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.outbox import queue
from petition import periods
from petition.enums import EndorsementState
from petition.errors import AlreadyEndorsed
from petition.models import Endorsement
from petition.services.endorsing import ABOUT_MAIL

WAITS = (EndorsementState.CONFIRMED,)
SHOWN = (EndorsementState.PUBLISHED,)


@dataclass(frozen=True)
class Ended:
    """How many endorsements went that no mailbox confirmed, and that were refused long ago."""

    unconfirmed: int
    refused: int


def publish(row: Endorsement, *, by: AbstractBaseUser) -> bool:
    """Put an organisation on the wall; return False where it doesn't wait for that any more.

    Raises AlreadyEndorsed where its SIREN number stands there already.
    """
    now = timezone.now()
    try:
        return _decide(row, WAITS, EndorsementState.PUBLISHED, by, mail="published", published_at=now)
    except IntegrityError as error:
        raise AlreadyEndorsed from error


def refuse(row: Endorsement, *, by: AbstractBaseUser, reason: str) -> bool:
    """Refuse it, and tell the representative the reason; return False where it doesn't wait any more."""
    return _decide(row, WAITS, EndorsementState.REFUSED, by, mail="refused", note=reason)


def unpublish(row: Endorsement, *, by: AbstractBaseUser, reason: str) -> bool:
    """Take it off the wall, to be read again; nobody is written to. Return False where it doesn't stand there."""
    return _decide(row, SHOWN, EndorsementState.CONFIRMED, by, note=reason, published_at=None)


def twins(row: Endorsement) -> list[Endorsement]:
    """Return what else staff know of the same organisation: the same petition and number, confirmed by a mailbox."""
    if not row.siren:
        return []
    others = Endorsement.objects.filter(petition=row.petition_id, siren=row.siren).exclude(pk=row.pk)
    return list(others.exclude(state=EndorsementState.RECEIVED).defer("logo").order_by("pk"))


def expire(now: datetime, *, dry_run: bool = False) -> Ended:
    """Delete, or only count, what no mailbox confirmed in time, and what was refused months ago."""
    unconfirmed = Endorsement.objects.filter(
        state=EndorsementState.RECEIVED, received_at__lt=now - periods.unconfirmed()
    )
    refused = Endorsement.objects.filter(
        state=EndorsementState.REFUSED, decided_at__lt=periods.refused_endorsements_from(now)
    )
    if dry_run:
        return Ended(unconfirmed.count(), refused.count())
    return Ended(unconfirmed.delete()[0], refused.delete()[0])


@transaction.atomic
def _decide(row: Endorsement, from_states, state, by, *, mail: str = "", **values) -> bool:
    """Change what is in one of these states still: of two decisions at once the first holds."""
    found = Endorsement.objects.filter(pk=row.pk, state__in=from_states)
    now = timezone.now()
    if not found.update(state=state, reviewer=by, decided_at=now, **values):
        return False
    if mail:
        queue.put(ABOUT_MAIL, subject=str(row.pk), parameters={"message": mail})
    return True
