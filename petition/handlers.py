"""What the worker does for the petition: one function per kind of task, each safe to repeat."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from petition import emails, limits
from petition.captcha import used
from petition.enums import SignatureState, SuppressionReason
from petition.models import PendingSignature, Signature, Suppression
from petition.sending import may_mail, send
from petition.services import asking, blocking, closing, counting, retention, signing, tallying
from petition.services.following import kind_of
from petition.tally_handlers import count_received

Finish = Callable[[], object]


@handler("signature_mail", is_mail=True, label=_("Mail to confirm a signature"))
def signature_mail(task: OutboxTask) -> Finish | None:
    """Send the mail that is right for the address: confirm, blocked by its owner, already signed, or none."""
    pending = PendingSignature.objects.select_related("petition", "text").filter(pk=task.subject).first()
    if pending is not None:
        count_received(task, pending)
    if pending is None or [pending.email, pending.nonce] in pending.mailed or _is_suppressed(pending):
        return None
    signature = (
        Signature.objects.select_related("petition", "text")
        .filter(petition=pending.petition_id, email_key=pending.email_key)
        .first()
    )
    if signature is None:
        if not pending.petition.takes_confirmations(trial=pending.trial):
            return None  # delivered meanwhile: there is nothing to confirm any more
        if may_mail(task, pending.email_key):
            block = blocking.block_on(pending, timezone.now())
            send(task, emails.blocked_mail(pending, block) if block else emails.confirm_mail(pending))
            return lambda: signing.note_mailed(pending)
        return None
    if signature.state != SignatureState.INVALIDATED and may_mail(task, pending.email_key):
        send(task, emails.already_signed_mail(signature, pending.nonce, kind_of(signature)))
    return PendingSignature.objects.filter(pk=pending.pk).delete


@handler("thank_you_mail", is_mail=True, label=_("Mail of thanks"))
def thank_you_mail(task: OutboxTask) -> None:
    """Thank for a signature that is counted."""
    signature = _signature(task)
    if signature is not None and _may_be_told(signature, SignatureState.CONFIRMED):
        send(task, emails.thank_you_mail(signature))


@handler("held_mail", is_mail=True, label=_("Mail that a signature is looked at"))
def held_mail(task: OutboxTask) -> None:
    """Say that the mailbox is confirmed and somebody looks at the signature, while that is so; not once delivered."""
    signature = _signature(task)
    if signature is None or signature.petition.count_is_final:
        return
    if _may_be_told(signature, SignatureState.HELD):
        send(task, emails.held_mail(signature))


@handler("mails_for_address", label=_("Mails asked for again"))
def mails_for_address(task: OutboxTask) -> Finish:
    """Owe each mail that an address asked for; the subject is its fingerprint, and goes once it has served."""

    def finish() -> None:
        asking.owe_mails_of(task.subject)
        OutboxTask.objects.filter(pk=task.pk).update(subject="")

    return finish


@schedule("expire_signatures", every=timedelta(hours=1), deletes=True)
def expire_signatures(*, dry_run: bool = False) -> str:
    """Delete what no mailbox confirmed in time, counters, keys and browsers' answers that are over, and report."""
    now = timezone.now()
    deleted = retention.expire_pending(now, dry_run=dry_run)
    counters, keys = limits.forget_old(now, dry_run=dry_run)
    answers = used.forget_old(now, dry_run=dry_run)
    return gettext(
        "Unconfirmed signatures deleted: %(deleted)s; counters destroyed: %(counters)s; keys destroyed: %(keys)s; "
        "answers of the form's own check destroyed: %(answers)s"
    ) % {"deleted": deleted, "counters": counters, "keys": keys, "answers": answers}


@schedule("close_petitions", every=timedelta(minutes=1))
def close_petitions() -> str:
    """Close what has reached its closing moment, so that staff read the truth: no form is taken from then anyway."""
    return gettext("Petitions closed: %(number)s") % {"number": closing.close_those_due(timezone.now())}


@schedule("recount", every=timedelta(hours=24))
def recount() -> str:
    """Compare the tellings of each count, and report; mending is staff's decision (recount --fix)."""
    report = [
        gettext("%(petition)s: signatures %(signatures)s, events %(events)s, total %(total)s")
        % {
            "petition": told.petition,
            "signatures": told.signatures,
            "events": told.events,
            "total": told.total,
        }
        for told in counting.recount()
    ]
    wrong = [
        gettext("%(petition)s: the hourly numbers differ from the events") % {"petition": petition}
        for petition in tallying.compare()
    ]
    return "; ".join(wrong + report)


def _signature(task: OutboxTask) -> Signature | None:
    found = Signature.objects.select_related("petition", "text").filter(pk=task.subject).first()
    return found if found and found.email else None


def _key(row: PendingSignature | Signature) -> str:
    assert row.email_key  # _signature() leaves out those whose name is erased
    return row.email_key


def _may_be_told(signature: Signature, state: SignatureState) -> bool:
    """Whether a mail about this state is still true, and may be sent."""
    return signature.state == state and not _is_suppressed(signature)


def _is_suppressed(row: PendingSignature | Signature) -> bool:
    """Whether nothing may be written to the mailbox. What its own owner has blocked is theirs to be told of."""
    forbidden = Suppression.objects.in_force(_key(row), row.petition_id, timezone.now())
    return forbidden.exclude(reason=SuppressionReason.NOT_ME).exists()
