"""What the worker does to ask supporters again, and to let go of those who don't answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaign.outbox import queue
from campaign.outbox.errors import Later, Permanent
from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from petition import emails
from petition.enums import QuestionReason
from petition.models import Suppression
from petition.sending import may_mail, send, tomorrow
from petition.services import news, retention

Finish = Callable[[], object]


@handler(news.MAIL, is_mail=True, label=_("Mail that asks whether news are still wanted"))
def news_question_mail(task: OutboxTask) -> Finish | None:
    """Ask a supporter, unless the question has become void: answered, left, or the list switched off again.

    After three years the time to answer also runs for whoever can't be asked, else they would be kept for ever.
    """
    question, now = news.question_by_key(task.subject), timezone.now()
    reason = QuestionReason(task.parameters["reason"])
    if question is None or question.reason != reason:
        return None
    contact, years = question.contact, reason == QuestionReason.YEARS
    note = partial(news.note_asked, question, now)
    if Suppression.objects.in_force(contact.email_key, question.words.petition_id, now).exists():
        return note if years else None
    if not may_mail(task, contact.email_key):
        queue.drop(task, "may_mail")
        raise Later(tomorrow(now))
    try:
        send(task, emails.news_question_mail(contact, question.words, reason, str(task.pk)))
    except Permanent:
        if years:
            note()
        raise
    return note


@schedule("retire_contacts", every=timedelta(hours=24), deletes=True)
def retire_contacts(*, dry_run: bool = False) -> str:
    """Ask whose last yes is three years old, let go of those who don't answer or left long ago, and report."""
    done = retention.retire_contacts(timezone.now(), dry_run=dry_run)
    return gettext(
        "Supporters asked after years: %(asked)s; deleted without an answer: %(silent)s; deleted years "
        "after they left: %(left)s; proofs of consent and refusals deleted at their end: %(fingerprints)s"
    ) % {"asked": done.asked, "silent": done.silent, "left": done.left, "fingerprints": done.fingerprints}
