"""After a restored backup: let everybody go again who had left since it was made.

Whoever came back later, by a confirmation of their own, stays: each entry takes back what is older than itself alone.
"""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from petition.enums import ConsentPurpose, ContactState
from petition.erasures import Entry, Left
from petition.models import Consent, Contact, Endorsement, PendingSignature, Signature
from petition.services import subscription
from petition.services.withdrawal import drop_signature, of_key

CONSENT_OF = {
    Left.NEWS: ConsentPurpose.NEWSLETTER,
    Left.PUBLIC: ConsentPurpose.PUBLIC,
    Left.ADDRESSEE: ConsentPurpose.ADDRESSEE,
}


def replay(entries: Iterable[Entry], *, dry_run: bool = False) -> Counter[str]:
    """Do again what the entries say; return how many rows of each kind it took back.

    Safe to repeat. With `dry_run` the same is counted and nothing is kept.
    """
    found: Counter[str] = Counter()
    for entry in entries:
        with transaction.atomic():
            found.update(_again(entry))
            if dry_run:
                transaction.set_rollback(True)
    return found


def _again(entry: Entry) -> Counter[str]:
    if entry.kind == Left.ENDORSEMENT:
        return Counter(endorsements=Endorsement.objects.filter(uuid=UUID(entry.email_key)).delete()[0])
    if entry.kind in CONSENT_OF:
        return _take_consent_back(entry, CONSENT_OF[entry.kind])
    waiting = _older(PendingSignature, entry, "received_at")
    found: Counter[str] = Counter(requests=waiting.count())
    waiting.delete()
    for petition_id in sorted(_older(Signature, entry, "confirmed_at").values_list("petition_id", flat=True)):
        drop_signature(petition_id, entry.email_key, timezone.now())
        found["signatures"] += 1
    if entry.kind == Left.ERASED and _contact(entry).exists():
        subscription.forget(entry.email_key)
        found["supporters"] += 1
    return found


def _take_consent_back(entry: Entry, purpose: ConsentPurpose) -> Counter[str]:
    waiting = _older(PendingSignature, entry, "received_at")
    waiting.update(**{f"{purpose}_text": None})
    signatures = _older(Signature, entry, "confirmed_at")
    consents = Consent.objects.filter(
        signature__in=signatures.values("pk"),
        text__purpose=purpose,
        given_at__lt=entry.moment,
        withdrawn_at__isnull=True,
    )
    found: Counter[str] = Counter(consents=consents.update(withdrawn_at=entry.moment))
    if purpose == ConsentPurpose.PUBLIC:
        again = Consent.objects.filter(text__purpose=purpose, withdrawn_at__isnull=True).values("signature")
        signatures.filter(is_public=True).exclude(pk__in=again).update(is_public=False)
    if (
        purpose == ConsentPurpose.NEWSLETTER
        and _contact(entry).filter(state=ContactState.SUBSCRIBED).exists()
    ):
        subscription.stop(entry.email_key)
        found["supporters"] += 1
    return found


def _older(model, entry: Entry, moment: str) -> QuerySet:
    rows = of_key(model, entry.email_key).filter(**{f"{moment}__lt": entry.moment})
    return rows.filter(petition=entry.petition_id) if entry.petition_id else rows


def _contact(entry: Entry) -> QuerySet[Contact]:
    return Contact.objects.filter(email_key=entry.email_key, confirmed_at__lt=entry.moment)
