"""What the worker does by the clock about mail that comes back."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from campaign.outbox.registry import schedule
from petition import bounces, return_mailbox
from petition.enums import BounceKind
from petition.services import bounce_feed, returning

OTHER, UNREADABLE = "other", "unreadable"


@schedule("read_returned_mail", every=timedelta(minutes=5))
def read_returned_mail() -> str:
    """Read the mailbox for returned mail, and report what was in it."""
    mailbox = return_mailbox.settings_mailbox()
    if mailbox is None:
        return gettext("The settings name no mailbox for returned mail.")
    found: Counter[str] = Counter()
    return_mailbox.read(mailbox, lambda raw: found.update([_take(raw)]))
    bounce_feed.heard()
    return gettext(
        "Returned for good: %(hard)s; for now: %(soft)s; complaints: %(complaints)s; other mail, not looked at: "
        "%(other)s; unreadable: %(unreadable)s"
    ) % {
        "hard": found[BounceKind.HARD],
        "soft": found[BounceKind.SOFT],
        "complaints": found[BounceKind.COMPLAINT],
        "other": found[OTHER],
        "unreadable": found[UNREADABLE],
    }


@schedule("forget_returned_mail", every=timedelta(hours=24), deletes=True)
def forget_returned_mail(*, dry_run: bool = False) -> str:
    """Delete the reports of more than a year ago."""
    deleted = returning.forget_old(timezone.now(), dry_run=dry_run)
    return gettext("Reports of returned mail deleted: %(number)s") % {"number": deleted}


def _take(raw: bytes) -> str:
    """Write down what one message reports, and say which kind it was; it is never an error that blocks the others."""
    try:
        report = bounces.read_report(raw, timezone.now())
    except Exception:  # a parser meets what anybody sends, and raises what it likes
        return UNREADABLE
    key = returning.mailbox_of(report.rows) if report else None
    if report is None or key is None:
        return OTHER
    returning.note_bounce(key, report.kind, report.moment, report.said)
    return report.kind
