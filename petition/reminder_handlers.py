"""What the worker does about those who signed and have not confirmed: it reminds them, once."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from petition import emails
from petition.sending import may_mail, send
from petition.services import reminding

Finish = Callable[[], object]


@schedule("remind_unconfirmed", every=timedelta(hours=1))
def remind_unconfirmed() -> str:
    """Owe a reminder to each of those who have had their mail for two days."""
    return gettext("Reminders to confirm, owed: %(number)s") % {
        "number": reminding.owe_reminders(timezone.now())
    }


@handler(reminding.MAIL, is_mail=True, label=_("Reminder to confirm a signature"))
def reminder_mail(task: OutboxTask) -> Finish | None:
    """Remind somebody, unless they have confirmed, were refused, or the time for it is over."""
    now = timezone.now()
    pending = reminding.due(now).select_related("petition", "text").filter(pk=task.subject).first()
    if pending is None or not may_mail(task, pending.email_key):
        return None
    send(task, emails.reminder_mail(pending))
    return lambda: reminding.note_reminded(pending)
