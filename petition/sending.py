"""Hand a mail to the server: no more than a mailbox can bear a day, no faster than its provider likes."""

import smtplib
from datetime import UTC, datetime, time, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.errors import Permanent
from campaign.outbox.models import OutboxTask
from petition import bounces, limits, pace_of_mail
from petition.email_address import email_key, reaches_nobody
from petition.services import returning


def may_mail(task: OutboxTask, email_key: str) -> bool:
    """Whether the address has mail left today; asked once per task, and remembered for its later attempts."""
    if "may_mail" not in task.parameters:
        with transaction.atomic():
            number_today = limits.count_mail(email_key, timezone.now())
            queue.remember(task, may_mail=number_today <= limits.MAILS_PER_ADDRESS_AND_DAY)
    return task.parameters["may_mail"]


def tomorrow(now: datetime) -> datetime:
    """Return when an address that has had its mails of today may be written to again."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(0, 5), tzinfo=UTC)


def send(task: OutboxTask, mail: EmailMessage) -> None:
    """Hand the mail to the server, unless its recipient is a rehearsal's, who is never written to.

    Raises Later where as many as the recipient's provider likes are leaving for it already, and Permanent where the
    server refuses this recipient for good (RFC 5321 §4.2.1); then nothing more goes to an address that doesn't exist.
    """
    if all(reaches_nobody(address) for address in mail.recipients()):
        return
    pace_of_mail.wait_for_turn(task, mail.recipients()[0])
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _answer in error.recipients.values()):
            _note_refusals(error)
            raise Permanent from error
        raise


def _note_refusals(error: smtplib.SMTPRecipientsRefused) -> None:
    for address, (code, answer) in error.recipients.items():
        if kind := bounces.kind_of_answer(code, answer):
            said = bounces.codes_in(f"{code} {answer!r}")
            returning.note_bounce(email_key(address), kind, timezone.now(), said)
