"""Change one's own data: correct the name, take a choice back, make one afresh. By the mailbox's owner alone."""

from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from petition import erasures
from petition.enums import ConsentPurpose, SignatureState
from petition.erasures import Left
from petition.models import Consent, Contact, PendingSignature, Signature
from petition.services import own_data, subscription, withdrawal
from petition.services.own_data import Choice

TAKEN_BACK_AS = {ConsentPurpose.PUBLIC: Left.PUBLIC, ConsentPurpose.ADDRESSEE: Left.ADDRESSEE}


class Chosen(Enum):
    """What saving the choices did."""

    SAVED = auto()
    CHANGED = auto()  # the words of a box are others than the page showed: they must be shown again
    NOTHING = auto()  # no signature any more


@transaction.atomic
def correct_name(row_uuid: UUID, *, first_name: str, last_name: str) -> bool:
    """Write the name as its bearer writes it, everywhere it is held; False where there is no signature any more.

    Whatever was decided about the signature stays decided.
    """
    signature = _held(row_uuid)
    if signature is None or signature.email_key is None:
        return False
    Signature.objects.filter(pk=signature.pk).update(first_name=first_name, last_name=last_name)
    contacts = Contact.objects.filter(email_key=signature.email_key, first_name=signature.first_name)
    for pk in contacts.values_list("pk", flat=True):
        if contacts.filter(pk=pk).update(first_name=first_name):
            queue.put(subscription.SYNC, subject=str(pk))
    return True


@transaction.atomic
def choose(row_uuid: UUID, *, wanted: set[str], shown: set[str]) -> Chosen:
    """Make the optional boxes what `wanted` (purposes) says: withdrawn now, or agreed to now.

    `shown` are the keys of the words that stood beside the boxes: nobody agrees to others. What stays as it is keeps
    its own words and dates.
    """
    signature = _held(row_uuid)
    data = own_data.own_data(row_uuid) if signature else None
    if signature is None or data is None:
        return Chosen.NOTHING
    boxes = own_data.choices(data)
    switched_on = [box for box in boxes if box.purpose in wanted and not box.given]
    if any(str(box.words.pk) not in shown for box in switched_on):
        return Chosen.CHANGED
    now = timezone.now()
    for box in boxes:
        if box.given and box.purpose not in wanted:
            take_back(signature, box.purpose, now)
    for box in switched_on:
        _agree(signature, box, now)
    return Chosen.SAVED


def take_back(signature: Signature, purpose: ConsentPurpose, now: datetime) -> None:
    """Write down that a consent is withdrawn, and act by it at once; the news stop for the whole mailbox."""
    assert signature.email_key is not None
    if purpose == ConsentPurpose.NEWSLETTER:
        withdrawal.stop_news_of(signature.email_key)
        return
    active = signature.consents.filter(text__purpose=purpose, withdrawn_at__isnull=True)
    active.update(withdrawn_at=now)
    if purpose == ConsentPurpose.PUBLIC:
        Signature.objects.filter(pk=signature.pk).update(is_public=False)
    erasures.note(TAKEN_BACK_AS[purpose], signature.email_key, signature.petition_id)


def _agree(signature: Signature, box: Choice, now: datetime) -> None:
    """Record a yes of this moment. It is a row of its own: what was agreed to before, and taken back, stays proven."""
    text = box.words
    active = signature.consents.filter(text=text, withdrawn_at__isnull=True)
    if not active.exists():
        Consent.objects.create(signature=signature, text=text, given_at=now, confirmed_at=now)
    if box.purpose == ConsentPurpose.PUBLIC:
        Signature.objects.filter(pk=signature.pk).update(is_public=True)
    if box.purpose == ConsentPurpose.NEWSLETTER and signature.state == SignatureState.CONFIRMED:
        queue.put_many([subscription.subscribe(signature, text.pk, now, given_at=now)])


def _held(row_uuid: UUID) -> Signature | None:
    """Return the signature, held until the transaction ends: two presses at once follow each other.

    What waits of the same mailbox is held before it, as by everybody who leaves or confirms: nobody waits crosswise.
    """
    signatures = Signature.objects.filter(uuid=row_uuid, blanked_at__isnull=True)
    key = signatures.values_list("email_key", flat=True).first()
    if key is None:
        return None
    list(withdrawal.of_key(PendingSignature, key).select_for_update().values_list("pk"))
    return signatures.select_for_update().first()
