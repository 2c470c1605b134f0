"""Sign: keep what was sent, and owe its mail."""

from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import Priority
from petition import sql
from petition.captcha.base import Judgement
from petition.captcha.ticket import Ticket
from petition.email_address import email_key
from petition.enums import ConsentPurpose, Reason, TallyKind
from petition.errors import PetitionClosed
from petition.models import PendingSignature, Petition
from petition.models.pending import new_nonce
from petition.services import tallying
from petition.services.assessment import look_at
from petition.services.opening import hold_in_preparation

REPLACED_BY_A_LATER_TRY = [
    *(
        "text",
        "language",
        "first_name",
        "last_name",
        "email",
        "place",
        "nonce",
        "received_at",
        "reasons",
        "trial",
    ),
    *("sign_text", "public_text", "newsletter_text", "addressee_text"),
]


@transaction.atomic
def sign(
    petition: Petition,
    *,
    ticket: Ticket,
    language: str,
    first_name: str,
    last_name: str,
    email: str,
    place: str,
    agreed: set[ConsentPurpose],
    network: str,
    check: Judgement,
    reasons: list[Reason],
    trial: bool = False,
) -> None:
    """Store what was sent and owe the mail, with no branch on what is known of the address.

    The latest try of a mailbox replaces the earlier one; which mail is right is decided by the worker. A trial is
    taken before the petition opens, anything else while it is open: the database says so as it stores the row, for
    `petition` may have been looked up some seconds ago. `reasons` are those that the form and its request gave. Raises
    PetitionClosed, or TooManyFromNetwork, and stores nothing.
    """
    now = timezone.now()
    if trial:
        hold_in_preparation(petition)
    elif not petition.takes_signatures(now):
        raise PetitionClosed
    reasons = reasons + look_at(petition, email=email, ticket=ticket, check=check, network=network, now=now)
    pending = PendingSignature(
        petition=petition,
        text_id=ticket.text_id,
        language=language,
        first_name=first_name,
        last_name=last_name,
        email=email,
        email_key=email_key(email),
        place=place,
        received_at=now,
        reasons=reasons,
        trial=trial,
        **{f"{purpose}_text_id": ticket.consent_ids[purpose] for purpose in agreed},
    )
    if not sql.keep_pending(pending, REPLACED_BY_A_LATER_TRY, now):
        raise PetitionClosed
    owe_signature_mail(pending)


@transaction.atomic
def ask_again(pending: PendingSignature, address: str) -> None:
    """Owe a fresh confirmation mail to an address of this mailbox; earlier links stay good until it has left."""
    pending.nonce, pending.email = new_nonce(), address
    if PendingSignature.objects.filter(pk=pending.pk).update(nonce=pending.nonce, email=address):
        owe_signature_mail(pending, is_new=False)


def note_mailed(sent: PendingSignature) -> None:
    """Write down that the mail of this try has left; to be called in a transaction.

    The first mail of each form received is counted, as that is: reminders and mails asked for anew are none.
    """
    pending = PendingSignature.objects.select_for_update().filter(pk=sent.pk).first()
    if pending is not None:
        if [sent.email, sent.nonce] not in pending.mailed:  # a reminder repeats the link of its try
            pending.mailed.append([sent.email, sent.nonce])
        now = timezone.now()
        is_first = pending.mailed_at is None or pending.mailed_at < pending.received_at
        if is_first and not pending.trial:
            tallying.add(pending.petition_id, TallyKind.MAILED, pending.place, now)
        pending.mailed_at = now
        pending.save(update_fields=["mailed", "mailed_at"])


def owe_signature_mail(pending: PendingSignature, *, is_new: bool = True) -> None:
    """Put the task for the mail of this try; it goes before all others. Only a new try is one more form received."""
    queue.put(
        "signature_mail",
        subject=str(pending.pk),
        parameters={} if is_new else {"counted": True},
        idempotency_key=f"signature_mail:{pending.pk}:{pending.nonce}",
        priority=Priority.FIRST,
    )
