"""Follow a link: what is behind it at this moment. Reads only."""

from dataclasses import dataclass, replace
from enum import StrEnum, nonmember
from uuid import UUID

from petition.enums import ContactState, EventKind, SignatureState
from petition.links import ConfirmLink
from petition.models import Contact, Endorsement, PendingSignature, Signature, SignatureEvent
from petition.services.withdrawal import of_key, signs_elsewhere


class Behind(StrEnum):
    """What a link finds. The values name the pages that say so."""

    do_not_call_in_templates = nonmember(True)  # else comparisons in a template are false

    WAITING = "waiting"  # the button confirms
    COUNTED = "counted"
    TRIED = "tried"  # a trial whose mailbox has confirmed: it never counts
    HELD = "held"
    LEFT_OUT = "left_out"  # still held when the petition was delivered: the number is final without it
    SET_ASIDE = "set_aside"
    SUPERSEDED = "superseded"  # a newer mail has left
    EXPIRED = "expired"  # too old, and the row is still there: a fresh mail can be asked for
    CLOSED = "closed"  # the petition has been delivered: its total is final
    WITHDRAWN = "withdrawn"
    GONE = "gone"  # never confirmed and deleted, or erased
    BLANKED = "blanked"  # it counts still, and nobody knows any more whose it is


OF_STATE = {
    SignatureState.CONFIRMED: Behind.COUNTED,
    SignatureState.HELD: Behind.HELD,
    SignatureState.INVALIDATED: Behind.SET_ASIDE,
}


@dataclass(frozen=True)
class Found:
    """What is behind a link: the kind, and the row where there still is one."""

    kind: Behind
    row: PendingSignature | Signature | None = None
    gets_news: bool = False
    proof_stays: bool = False  # they have agreed to news: erasing keeps their fingerprint as the proof of it
    signs_elsewhere: bool = False

    @property
    def pending(self) -> PendingSignature | None:
        """The row, where it is still a pending one."""
        return self.row if isinstance(self.row, PendingSignature) else None


def follow_confirm_link(link: ConfirmLink, *, expired: bool = False) -> Found:
    """Say what a confirmation link finds."""
    pending = PendingSignature.objects.select_related("petition", "text").filter(uuid=link.uuid).first()
    if pending is None:
        return _without_pending(link.uuid)
    if not pending.petition.takes_confirmations(trial=pending.trial):
        return Found(Behind.CLOSED, pending)
    if expired:
        return Found(Behind.EXPIRED, pending)
    if not pending.is_good(link.nonce):
        return Found(Behind.SUPERSEDED, pending)
    return Found(Behind.WAITING, pending)


def follow_personal_link(row_uuid: UUID) -> Found:
    """Say what somebody's personal link finds, and what else is kept under its address."""
    pending = PendingSignature.objects.select_related("petition", "text").filter(uuid=row_uuid).first()
    found = Found(kind_of(pending), pending) if pending else _without_pending(row_uuid)
    if found.row is None:
        return found
    state = Contact.objects.filter(email_key=found.row.email_key).values_list("state", flat=True).first()
    return replace(
        found,
        gets_news=state == ContactState.SUBSCRIBED,
        proof_stays=state is not None,
        signs_elsewhere=signs_elsewhere(row_uuid),
    )


def kind_of(row: PendingSignature | Signature) -> Behind:
    """Say what a row is to whoever may open it."""
    if isinstance(row, PendingSignature):
        return Behind.WAITING if row.petition.takes_confirmations(trial=row.trial) else Behind.CLOSED
    if row.blanked_at is not None and row.state == SignatureState.CONFIRMED:
        return Behind.BLANKED
    if row.state == SignatureState.HELD and not row.trial and row.petition.count_is_final:
        return Behind.LEFT_OUT
    return Behind.TRIED if row.trial else OF_STATE[SignatureState(row.state)]


def of_same_address(
    row: PendingSignature | Signature | Endorsement,
) -> list[PendingSignature | Signature]:
    """Return what this address, as it was typed, has signed, with petition and text, newest first.

    Not those of the mailbox's other spellings: whether a+b@ and a@ reach the same person is for their provider to know.
    """
    assert row.email and row.email_key
    found = [
        other
        for model in (PendingSignature, Signature)
        for other in of_key(model, row.email_key).select_related("petition", "text")
        if other.email.casefold() == row.email.casefold()
    ]
    return sorted(found, key=lambda other: other.received_at, reverse=True)


def _without_pending(row_uuid: UUID) -> Found:
    signature = Signature.objects.select_related("petition", "text").filter(uuid=row_uuid).first()
    if signature is not None and signature.blanked_at and signature.state != SignatureState.CONFIRMED:
        return Found(Behind.GONE)  # no name is left, and nothing is counted
    if signature is not None:
        return Found(kind_of(signature), signature)
    events = SignatureEvent.objects.filter(signature_uuid=row_uuid, kind=EventKind.WITHDRAWN)
    return Found(Behind.WITHDRAWN if events.exists() else Behind.GONE)
