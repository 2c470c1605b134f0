"""« Ce n'est pas moi »: the owner of a mailbox says that they have not signed, and can take it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from petition import erasures, sql
from petition.enums import SuppressionReason, SuppressionScope
from petition.erasures import Left
from petition.limits import NOT_ME_LIFE
from petition.links import ConfirmLink
from petition.models import PendingSignature, Suppression


@transaction.atomic
def say_not_me(row_uuid: UUID) -> bool:
    """Delete what waits and block its mailbox for that petition for 30 days; False where nothing waits any more.

    A mailbox that has confirmed is not blocked: its owner withdraws the signature.
    """
    pending = sql.take(PendingSignature, '"uuid" = %s', [("uuid", row_uuid)])
    if pending is None:
        return False
    now = timezone.now()
    Suppression.objects.update_or_create(
        email_key=pending.email_key,
        scope=SuppressionScope.PETITION,
        petition_id=pending.petition_id,
        reason=SuppressionReason.NOT_ME,
        defaults={"created_at": now, "until": now + NOT_ME_LIFE},
    )
    erasures.note(Left.WITHDRAWN, pending.email_key, pending.petition_id)
    return True


def block_on(pending: PendingSignature, now: datetime) -> Suppression | None:
    """Return the block that the mailbox of a try is under at `now` (aware), or None."""
    return _blocks(pending).filter(until__gt=now).first()


@transaction.atomic
def lift(link: ConfirmLink) -> bool:
    """End the block of the mailbox that a link was mailed to; False where the link is of no try that is kept."""
    pending = tried(link)
    if pending is None:
        return False
    _blocks(pending).delete()
    return True


def tried(link: ConfirmLink) -> PendingSignature | None:
    """Return the try that a link lifts the block for, with petition and text; None once it is gone or replaced."""
    pending = PendingSignature.objects.select_related("petition", "text").filter(uuid=link.uuid).first()
    return pending if pending and pending.is_good(link.nonce) else None


def forget_over(now: datetime) -> int:
    """Delete the blocks that are over at `now` (aware); return how many went."""
    over = Suppression.objects.filter(reason=SuppressionReason.NOT_ME, until__lte=now)
    return over.delete()[0]


def _blocks(pending: PendingSignature) -> QuerySet[Suppression]:
    return Suppression.objects.filter(
        email_key=pending.email_key,
        scope=SuppressionScope.PETITION,
        petition=pending.petition_id,
        reason=SuppressionReason.NOT_ME,
    )
