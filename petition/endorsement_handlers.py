"""What the worker does for organisations: it writes to their representatives, and lets go of what came to nothing."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox import queue
from campaign.outbox.errors import Later
from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from petition import endorsement_emails
from petition.enums import EndorsementState, SuppressionReason
from petition.limits import MAILS_PER_ADDRESS_AND_DAY
from petition.models import Endorsement, Suppression
from petition.sending import may_mail, send, tomorrow
from petition.services import reviewing
from petition.services.endorsing import ABOUT_MAIL, CONFIRM_MAIL

Finish = Callable[[], object]
# A mail that comes late says nothing that is true no more.
STATE_OF = {
    "received": EndorsementState.CONFIRMED,
    "published": EndorsementState.PUBLISHED,
    "refused": EndorsementState.REFUSED,
}


@handler(CONFIRM_MAIL, is_mail=True, label=_("Mail to confirm an organisation's endorsement"))
def endorsement_confirm_mail(task: OutboxTask) -> Finish | None:
    """Ask for the mailbox's word, tomorrow where it has had its mails of today.

    What its owner doesn't want to be asked about goes, and so does what is more than one day's mails could ask about:
    nobody fills a mailbox for days by one evening's forms.
    """
    row = _row(task, EndorsementState.RECEIVED)
    if row is None:
        return None
    unconfirmed = Endorsement.objects.filter(email_key=row.email_key, state=EndorsementState.RECEIVED)
    if _is_suppressed(row):
        return unconfirmed.filter(pk=row.pk).delete
    if not may_mail(task, row.email_key):  # whoever had others' mails sent there must not make it vanish
        if unconfirmed.count() > MAILS_PER_ADDRESS_AND_DAY:
            return unconfirmed.filter(pk=row.pk).delete
        queue.drop(task, "may_mail")
        raise Later(tomorrow(timezone.now()))
    send(task, endorsement_emails.confirm_mail(row))
    return None


@handler(ABOUT_MAIL, is_mail=True, label=_("Mail about an organisation's endorsement"))
def endorsement_mail(task: OutboxTask) -> None:
    """Tell a representative how far their organisation's endorsement has come."""
    message = task.parameters["message"]
    row = _row(task, STATE_OF[message])
    if row is not None and not _is_suppressed(row):
        send(task, endorsement_emails.mail_about(row, message))


@schedule("expire_endorsements", every=timedelta(hours=24), deletes=True)
def expire_endorsements(*, dry_run: bool = False) -> str:
    """Delete endorsements that no mailbox confirmed in time, and those refused months ago, and report."""
    ended = reviewing.expire(timezone.now(), dry_run=dry_run)
    return gettext(
        "Unconfirmed endorsements deleted: %(unconfirmed)s; endorsements refused long ago, deleted: %(refused)s"
    ) % {"unconfirmed": ended.unconfirmed, "refused": ended.refused}


def _row(task: OutboxTask, state: EndorsementState) -> Endorsement | None:
    rows = Endorsement.objects.defer("logo").select_related("petition")
    return rows.filter(pk=task.subject, state=state).first()


def _is_suppressed(row: Endorsement) -> bool:
    """Whether nothing may be written to the mailbox; that its owner has not signed says nothing of an organisation."""
    forbidden = Suppression.objects.in_force(row.email_key, row.petition_id, timezone.now())
    return forbidden.exclude(reason=SuppressionReason.NOT_ME).exists()
