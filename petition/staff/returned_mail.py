"""What came back for the mails to one mailbox, in words; and which rows of a list are concerned."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from petition.models import Bounce, Suppression

SHOWN = 5  # reports of one mailbox: after a few, no mail leaves any more


def in_words(email_key: str) -> str:
    """Return what came back and when, newest first, in one line; empty where nothing did. One statement."""
    reports = Bounce.objects.filter(email_key=email_key).order_by("-happened_at")[:SHOWN]
    return " · ".join(
        f"{date_format(localtime(report.happened_at), 'DATETIME_FORMAT')}: {report.get_kind_display()}"
        for report in reports
    )


def marked(rows: QuerySet) -> QuerySet:
    """Add `is_not_written_to` to rows that have a mailbox and a petition: no mail leaves for it at this moment."""
    held = Suppression.objects.in_force(OuterRef("email_key"), OuterRef("petition_id"), timezone.now())
    return rows.annotate(is_not_written_to=Exists(held))
