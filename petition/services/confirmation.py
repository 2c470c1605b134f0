"""Confirm: a pending signature becomes a signature, once."""

from collections.abc import Collection
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from petition import sql
from petition.enums import ConsentPurpose, EventKind, PetitionState, SignatureState
from petition.errors import PetitionClosed
from petition.links import ConfirmLink
from petition.models import Consent, PendingSignature, Petition, Signature
from petition.models.petition import TAKES_CONFIRMATIONS
from petition.services import looking, subscription
from petition.services.counting import record
from petition.services.following import Behind, Found
from petition.services.opening import hold_in_preparation


class Confirmed(Enum):
    """What pressing the button did."""

    NOW = auto()
    ALREADY = auto()  # this link or this mailbox has confirmed before: harmless, and said so
    CHANGED = auto()  # what is behind the link is no longer what the page showed: it must be shown again
    NOTHING = auto()  # nothing waits behind this link: superseded, expired or erased


class _PutBack(Exception):
    """The pending row stays: roll its deletion back."""


def confirm(
    petition: Petition,
    row_uuid: UUID,
    nonce: str,
    *,
    shown: str | None = None,
    kept: Collection[str] | None = None,
) -> Confirmed:
    """Count the pending signature that a link names, or hold it; safe to repeat and safe against a simultaneous repeat.

    Whoever deletes the pending row has the right to go on. `shown` is the try that the page showed, the link's own
    unless said otherwise: nobody confirms names or consents that they have not seen. `kept` are the optional purposes
    that still stand, all that were ticked unless said otherwise; none can be added. Raises PetitionClosed once the
    petition is delivered.

    Of a petition in preparation only trials are confirmed, of any other none: opening waits for a trial that is being
    confirmed, and removes it.
    """
    trial = petition.state == PetitionState.PREPARATION
    if not petition.takes_confirmations(trial=trial):
        raise PetitionClosed
    try:
        with transaction.atomic():
            if trial:  # held before the pending row, as opening does
                hold_in_preparation(petition)
            return _confirm(row_uuid, nonce, shown or nonce, kept, trial=trial)
    except _PutBack as outcome:
        return outcome.args[0]


def _confirm(
    row_uuid: UUID, nonce: str, shown: str, kept: Collection[str] | None, *, trial: bool
) -> Confirmed:
    pending = sql.take(PendingSignature, '"uuid" = %s', [("uuid", row_uuid)])
    if pending is None:
        known = Signature.objects.filter(uuid=row_uuid).exists()
        return Confirmed.ALREADY if known else Confirmed.NOTHING
    if pending.trial != trial or not pending.is_good(nonce):
        raise _PutBack(Confirmed.NOTHING)
    if not (trial or _is_taken(pending.petition_id)):
        raise _PutBack(Confirmed.NOTHING)
    if shown != pending.nonce:
        raise _PutBack(Confirmed.CHANGED)
    pending.email = pending.address_of(nonce)
    if kept is not None:
        pending.clear_choices_except(kept)
    return Confirmed.NOW if _keep(pending, timezone.now()) else Confirmed.ALREADY


def _keep(pending: PendingSignature, now: datetime) -> bool:
    agreed = pending.consent_text_ids()
    held = not pending.trial and looking.must_be_looked_at(pending.reasons)
    signature = Signature(
        state=SignatureState.HELD if held else SignatureState.CONFIRMED,
        confirmed_at=now,
        is_public=ConsentPurpose.PUBLIC in agreed,
        **{
            field: getattr(pending, field)
            for field in ("uuid", "petition_id", "text_id", "language", "first_name", "last_name", "email")
            + ("email_key", "place", "received_at", "reasons", "trial")
        },
    )
    if not sql.insert_unless_there(signature):
        return False
    Consent.objects.bulk_create(
        Consent(signature=signature, text_id=text_id, given_at=pending.received_at, confirmed_at=now)
        for text_id in agreed.values()
    )
    owed = [queue.Task("held_mail" if held else "thank_you_mail", str(signature.pk))]
    if not (signature.trial or held) and ConsentPurpose.NEWSLETTER in agreed:
        owed.append(subscription.subscribe(pending, agreed[ConsentPurpose.NEWSLETTER], now))
    queue.put_many(owed)
    if signature.trial:
        return True
    record(
        signature.petition_id,
        EventKind.HELD if held else EventKind.CONFIRMED,
        0 if held else +1,
        signature_uuid=signature.uuid,
        place=signature.place,
        moment=now,
    )
    return True


def _is_taken(petition_id: int) -> bool:
    """Whether the petition still takes confirmations, asked once the pending row is ours: delivering waits for it."""
    return Petition.objects.filter(pk=petition_id, state__in=TAKES_CONFIRMATIONS).exists()


def confirm_found(
    found: Found, link: ConfirmLink, *, shown: str | None, kept: Collection[str] | None = None
) -> Confirmed:
    """Confirm what following a link has found; nothing happens where nothing waits, or after delivery."""
    if found.kind != Behind.WAITING or found.row is None:
        return Confirmed.NOTHING
    try:
        return confirm(found.row.petition, link.uuid, link.nonce, shown=shown, kept=kept)
    except (
        PetitionClosed
    ):  # delivered since it was looked up, or opened and the trial removed: the page says so
        return Confirmed.NOTHING
