"""Supporters: who asked for news becomes a contact; who stops or is erased leaves the list too.

Each act changes the contact and owes one task; the worker makes the list agree with the contact as it then is, so
that neither the order of the tasks nor their repetition matters.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from petition import mailing, periods, sql
from petition.enums import ContactState, ListState, SuppressionReason, SuppressionScope
from petition.models import Contact, PendingSignature, Signature, Suppression

SYNC = "sync_contact"
FORGET = "forget_contact"
AT_ONCE = 1000  # tasks per statement

RENEWED_BY_A_FRESH_YES = [
    *("email", "first_name", "language", "state", "consent_text", "given_at", "confirmed_at"),
    *("state_changed_at", "provider_state", "provider_refusal", "provider_said", "asked_at"),
]


def subscribe(
    confirmed: PendingSignature | Signature,
    text_id: int,
    now: datetime,
    *,
    given_at: datetime | None = None,
    confirmed_at: datetime | None = None,
) -> queue.Task:
    """Make or renew the contact of a confirmed signature, and return the task that tells the list.

    They said yes with the signature unless `given_at` says later, and confirmed it now unless `confirmed_at` says
    earlier. A fresh yes by the mailbox's owner outweighs an earlier no. To be called in the transaction that confirms.
    """
    # A signature whose name is erased is nobody's, so nobody agrees by it.
    assert confirmed.email and confirmed.email_key and confirmed.first_name
    contact = Contact(
        email=confirmed.email,
        email_key=confirmed.email_key,
        first_name=confirmed.first_name,
        language=confirmed.language,
        consent_text_id=text_id,
        given_at=given_at or confirmed.received_at,
        confirmed_at=confirmed_at or now,
        state_changed_at=now,
    )
    Contact.objects.bulk_create(
        [contact],
        update_conflicts=True,
        unique_fields=["email_key"],
        update_fields=RENEWED_BY_A_FRESH_YES,
    )
    return queue.Task(SYNC, str(contact.pk))


@transaction.atomic
def stop(key: str, state: ContactState = ContactState.UNSUBSCRIBED) -> None:
    """Unsubscribe a mailbox, here at once and on its list as soon as the worker can. Harmless to repeat.

    `state` says why, where it was not the person who asked.
    """
    subscribed = Contact.objects.filter(email_key=key, state=ContactState.SUBSCRIBED)
    for pk in subscribed.values_list("pk", flat=True):
        if subscribed.filter(pk=pk).update(
            state=state,
            state_changed_at=timezone.now(),
            provider_state=ListState.WAITING,
            provider_refusal="",
            provider_said="",
        ):
            queue.put(SYNC, subject=str(pk))
            if until := _in_hand_until(pk):
                # The list is being told of them at this moment: should that arrive last, they are taken off once more.
                queue.put(SYNC, subject=str(pk), due=until)


@transaction.atomic
def forget(key: str) -> None:
    """Delete the contact of a mailbox, keep the proof of its consent by fingerprint, and owe its list the news."""
    contact = sql.take(Contact, '"email_key" = %s', [("email_key", key)])
    if contact is None:
        return
    _keep_proof(contact, timezone.now())
    owe_forgetting(key, contact.provider, contact.provider_reference)
    if until := _in_hand_until(contact.pk):
        # The list is being told of them at this moment: should that arrive last, they are forgotten once more.
        owe_forgetting(key, contact.provider, contact.provider_reference, due=until)


def owe_forgetting(key: str, alias: str, reference: str, *, due: datetime | None = None) -> None:
    """Owe a list the deletion of what it knows by `reference`; nothing where there is nobody to tell."""
    if alias and reference:
        queue.put(FORGET, subject=key, parameters={"list": alias, "reference": reference}, due=due)


def tell_again(key: str, alias: str, reference: str) -> None:
    """Owe a list whoever agreed afresh while it still had to forget them: it may have deleted the new entry.

    To be called in the transaction that settles the forgetting.
    """
    back = Contact.objects.filter(
        email_key=key, provider=alias, provider_reference=reference, state=ContactState.SUBSCRIBED
    )
    for pk in back.values_list("pk", flat=True):
        Contact.objects.filter(pk=pk).update(provider_state=ListState.WAITING)
        queue.put(SYNC, subject=str(pk))


@transaction.atomic
def try_again(contacts: QuerySet[Contact]) -> int:
    """Have the list told again of those that wait or were refused; return how many."""
    now = timezone.now()
    keys = list(contacts.exclude(provider_state__in=[ListState.ON_LIST, ListState.LEFT]).values_list("pk"))
    for start in range(0, len(keys), AT_ONCE):
        some = [pk for (pk,) in keys[start : start + AT_ONCE]]
        Contact.objects.filter(pk__in=some).update(
            provider_state=ListState.WAITING, provider_refusal="", provider_said="", provider_said_at=now
        )
        queue.put_many(queue.Task(SYNC, str(pk)) for pk in some)
    return len(keys)


def where_it_belongs(contact: Contact) -> str:
    """Return the alias of the list for a contact: the one switched on, unless it is outside and the words that the
    person agreed to don't name it; then this site's own."""
    chosen = mailing.chosen()
    if chosen.disclosure is None or contact.consent_text.discloses == chosen.alias:
        return chosen.alias
    return mailing.LOCAL


def _in_hand_until(pk: int) -> datetime | None:
    """Return until when a worker may be telling the list of this contact; None while none is."""
    in_hand = OutboxTask.objects.active().filter(kind=SYNC, subject=str(pk), lease_until__gt=timezone.now())
    return in_hand.values_list("lease_until", flat=True).first()


def _keep_proof(contact: Contact, now: datetime) -> None:
    """Keep by fingerprint that they had agreed, for some years from when they withdrew; not once those are over."""
    # Who had left before withdrew their consent then.
    withdrawn_at = now if contact.state == ContactState.SUBSCRIBED else contact.state_changed_at
    if withdrawn_at + periods.proof() <= now:
        return
    Suppression.objects.update_or_create(
        email_key=contact.email_key,
        scope=SuppressionScope.NEWSLETTER,
        reason=SuppressionReason.ERASURE,
        petition=None,
        defaults={
            "created_at": now,
            "until": withdrawn_at + periods.proof(),
            "consent_text_id": contact.consent_text_id,
            "given_at": contact.given_at,
            "withdrawn_at": withdrawn_at,
        },
    )
