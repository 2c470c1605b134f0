"""What the worker does at the end of names: it warns staff twice, then erases."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import formatdate
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from campaign.letters import Letter
from campaign.outbox import queue, schedules
from campaign.outbox.errors import describe
from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from campaign.typography import mail_subject, typeset_text
from petition.models import Petition
from petition.sending import send
from petition.services import blanking
from petition.services.ending import LAST_WARNING, end_of_names, note_warned, waiting_names, warning_due

MAIL = "end_of_names_mail"
ERASE = "erase_names"
MAY_POSTPONE = "petition.change_petition"

logger = logging.getLogger(__name__)


@schedule(ERASE, every=timedelta(minutes=15), deletes=True)
def erase_names(*, dry_run: bool = False) -> str:
    """Warn staff of the names that end soon, erase those whose time is over, and report.

    A site's first run only tells what it would erase: a clock or a restored database that is wrong shows then.
    """
    now = timezone.now()
    if not dry_run:
        _owe_warnings()
    only_told = dry_run or not schedules.has_ended_before(ERASE)
    done = blanking.erase_names(now, dry_run=only_told)
    for pk, error in (done.failed or {}).items():
        logger.error("names of petition %s: %s", pk, describe(error))
    if done.failed:
        raise next(iter(done.failed.values()))
    words = (
        gettext("Names to be erased: %(names)s; petitions: %(petitions)s")
        if only_told
        else gettext("Names erased: %(names)s; petitions whose names are all erased: %(petitions)s")
    )
    report = words % {"names": done.names, "petitions": done.done}
    unwarned = _nobody_to_warn(now)
    return f"{report}; {unwarned}" if unwarned else report


@handler(MAIL, is_mail=True, label=_("Mail that names are about to be erased"))
def end_of_names_mail(task: OutboxTask) -> Callable[[], object] | None:
    """Warn one of the staff, unless the end has moved since; the first mail that leaves starts the two weeks."""
    day, ahead = task.parameters["day"], timedelta(days=task.parameters["ahead"])
    petition = Petition.objects.titled().filter(pk=task.parameters["petition"]).first()
    reader = _readers().filter(pk=task.subject).first()
    if petition is None or reader is None or petition.blanked_at is not None:
        return None
    end = end_of_names(petition)
    if end is None or end.date().isoformat() != day:
        return None
    now = timezone.now()
    send(task, _compose(petition, reader, task))
    return lambda: note_warned(petition.pk, day, ahead, now)


def _owe_warnings() -> None:
    now = timezone.now()
    for petition in Petition.objects.filter(opened_at__isnull=False, blanked_at__isnull=True):
        end, ahead = end_of_names(petition), warning_due(petition, now)
        if end is None or ahead is None:
            continue
        day = end.date().isoformat()
        queue.put_many(
            queue.Task(
                MAIL,
                str(pk),
                {"petition": petition.pk, "day": day, "ahead": ahead.days},
                idempotency_key=f"{MAIL}:{petition.pk}:{day}:{ahead.days}:{pk}",
            )
            for pk in _readers().order_by("pk").values_list("pk", flat=True)
        )


def _nobody_to_warn(now: datetime) -> str:
    waiting = Petition.objects.filter(opened_at__isnull=False, blanked_at__isnull=True)
    if any(warning_due(petition, now) for petition in waiting) and not _readers().exists():
        return gettext(
            "names stay until somebody can be warned: no one who may edit petitions has an address"
        )
    return ""


def _readers() -> QuerySet:
    """Return who may postpone: active, with an address to write to."""
    return get_user_model().objects.with_perm(MAY_POSTPONE).exclude(email="")


def _compose(petition: Petition, reader, task: OutboxTask) -> EmailMessage:
    """Write the mail in the reader's own language of the admin; the same Message-ID on each try."""
    language = UserProfile.get_for_user(reader).get_preferred_language()
    with translation.override(language):
        end = end_of_names(petition)
        context = {
            "reader": reader.get_short_name() or reader.get_username(),
            "petition": petition,
            "number": waiting_names(petition).count(),
            "day": max(end, timezone.localtime() + LAST_WARNING) if end else None,
            "is_open": petition.open_now,
            "postpone_url": settings.WAGTAILADMIN_BASE_URL
            + reverse("petitions:postpone", args=[petition.pk]),
        }
        subject = render_to_string("emails/names_end.subject.txt", context).strip()
        text = render_to_string("emails/names_end.txt", context)
    return Letter(
        subject=mail_subject(subject, language),
        body=typeset_text(text, language),
        to=[reader.email],
        headers={
            "Message-ID": f"<names-end-{task.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Date": formatdate(timezone.now().timestamp()),
            "Auto-Submitted": "auto-generated",  # RFC 3834 §5: no holiday reply, please
        },
    )
