"""Hand a mail to the server, no more than a mailbox can bear a day."""

import smtplib

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.errors import Permanent
from campaign.outbox.models import OutboxTask
from petition import limits
from petition.email_address import reaches_nobody


def may_mail(task: OutboxTask, email_key: str) -> bool:
    """Whether the address has mail left today; asked once per task, and remembered for its later attempts."""
    if "may_mail" not in task.parameters:
        with transaction.atomic():
            number_today = limits.count_mail(email_key, timezone.now())
            queue.remember(task, may_mail=number_today <= limits.MAILS_PER_ADDRESS_AND_DAY)
    return task.parameters["may_mail"]


def send(mail: EmailMessage) -> None:
    """Hand the mail to the server, unless its recipient is a rehearsal's, who is never written to.

    Raises Permanent where the server refuses this recipient for good (RFC 5321 §4.2.1).
    """
    if all(reaches_nobody(address) for address in mail.recipients()):
        return
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _answer in error.recipients.values()):
            raise Permanent from error
        raise
