"""Leave: withdraw a signature, stop the news, or erase everything. Three ways, never mixed.

All read and change the pending row before the signature, as confirming does: somebody who leaves while a
confirmation is under way waits for it, and then finds the signature that it made.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from petition import erasures, sql
from petition.enums import ConsentPurpose, EndorsementState, EventKind, SignatureState
from petition.erasures import Left
from petition.models import Consent, Endorsement, PendingSignature, Petition, Signature
from petition.services import subscription
from petition.services.counting import record
from petition.services.reasons_given import forget_reasons


@transaction.atomic
def withdraw(row_uuid: UUID) -> None:
    """Take one signature back and delete it; with no other petition signed, everything under the address goes.

    Who takes back a mere request or a trial leaves what they sent for organisations: nothing more was said to go.
    Also drops what is still pending. Harmless to repeat: what is gone stays gone, and is counted off once.
    """
    found = _mailbox_of(row_uuid)
    if found is None:
        return
    petition_id, key = found
    if _petitions_of(key) == {petition_id}:
        if of_key(Signature, key).filter(trial=False).exists():
            _drop_unpublished_endorsements(key)
        _erase_person(key)
    else:
        PendingSignature.objects.filter(petition_id=petition_id, email_key=key).delete()
        drop_signature(petition_id, key, timezone.now())
        erasures.note(Left.WITHDRAWN, key, petition_id)


@transaction.atomic
def erase(row_uuid: UUID) -> None:
    """Delete everything under the address of this signature: signatures, pending ones, the contact, and what was sent
    for organisations and isn't published.
    """
    found = _mailbox_of(row_uuid)
    if found is not None:
        _erase_key(found[1])


@transaction.atomic
def stop_news(row_uuid: UUID) -> None:
    """Unsubscribe the address of this signature; the signature stays."""
    found = _mailbox_of(row_uuid)
    if found is None:
        return
    stop_news_of(found[1])


@transaction.atomic
def stop_news_of(key: str) -> None:
    """Unsubscribe a mailbox, and write down that its consents to news are withdrawn. Harmless to repeat."""
    of_key(PendingSignature, key).update(newsletter_text=None)
    Consent.objects.filter(
        signature__in=of_key(Signature, key).values("pk"),
        text__purpose=ConsentPurpose.NEWSLETTER,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=timezone.now())
    subscription.stop(key)  # last, as in releasing: else both could miss what the other does
    erasures.note(Left.NEWS, key)


def signs_elsewhere(row_uuid: UUID) -> bool:
    """Whether the mailbox behind this signature has signed, or begun to sign, another petition."""
    found = _mailbox_of(row_uuid)
    return found is not None and _petitions_of(found[1]) != {found[0]}


def _mailbox_of(row_uuid: UUID) -> tuple[int, str] | None:
    for model in (PendingSignature, Signature):
        row = model._default_manager.filter(uuid=row_uuid).only("petition_id", "email_key").first()
        if row and row.email_key:
            return row.petition_id, row.email_key
    return None


def of_key(model: type[Model], key: str) -> QuerySet:
    """Return the rows of a mailbox over all petitions, by the index that begins with the petition."""
    return model._default_manager.filter(petition__in=Petition.objects.values("pk"), email_key=key)


def _petitions_of(key: str) -> set[int]:
    return {
        petition_id
        for model in (PendingSignature, Signature)
        for petition_id in of_key(model, key).values_list("petition_id", flat=True)
    }


def is_named(key: str) -> bool:
    """Whether a signature, or what waits to become one, bears the name of this mailbox's owner."""
    return bool(_petitions_of(key))


@transaction.atomic
def erase_mailbox(key: str) -> None:
    """Delete everything under a mailbox's fingerprint but published organisations. Harmless to repeat."""
    _erase_key(key)


def _erase_key(key: str) -> None:
    _drop_unpublished_endorsements(key)
    _erase_person(key)


def _erase_person(key: str) -> None:
    now = timezone.now()
    of_key(PendingSignature, key).delete()
    for petition_id in sorted(_petitions_of(key)):
        drop_signature(petition_id, key, now)
    subscription.forget(key)
    erasures.note(Left.ERASED, key)


def _drop_unpublished_endorsements(key: str) -> None:
    """Delete what the site doesn't show. What is published is an organisation's word, taken back on its own page."""
    rows = Endorsement.objects.filter(email_key=key).exclude(state=EndorsementState.PUBLISHED)
    dropped = list(rows.select_for_update().values_list("pk", "uuid", "petition_id"))
    for _pk, row_uuid, petition_id in dropped:
        erasures.note(Left.ENDORSEMENT, row_uuid.hex, petition_id)
    if dropped:
        Endorsement.objects.filter(pk__in=[pk for pk, *_rest in dropped]).delete()


def drop_signature(petition_id: int, key: str, now: datetime) -> None:
    """Delete a mailbox's signature of one petition with its consents, and count it off; nothing where there is none."""
    Consent.objects.filter(signature__petition=petition_id, signature__email_key=key).delete()
    signature = sql.take(
        Signature, '"petition_id" = %s AND "email_key" = %s', [("petition", petition_id), ("email_key", key)]
    )
    if signature is None or signature.trial:
        return
    if signature.state_reason:
        forget_reasons([signature.pk])
    counted = signature.state == SignatureState.CONFIRMED
    record(
        signature.petition_id,
        EventKind.WITHDRAWN,
        -1 if counted else 0,
        signature_uuid=signature.uuid,
        place=signature.place,
        moment=now,
        was=signature.state,
    )
