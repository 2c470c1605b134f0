"""Pages at their moment: published and taken down one by one, so that one that can't be holds up no other.

A page whose moment has come stays due until it is done: however late the clockwork starts, it publishes late, never
not. What becomes of each is written into the page's own history.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from campaign.outbox.errors import Permanent, describe
from home.translations import translation_of

# The clockwork looks twice a minute; a page that still waits after this long is late.
LATE = timedelta(minutes=3)
NOT_PUBLISHED = "home.not_published"
NOT_TAKEN_DOWN = "home.not_taken_down"
_NO_DATABASE = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Late:
    """A page whose moment has passed: when that was, whether it was to go live, and why it didn't, if that is known."""

    page: Page
    due: datetime
    goes_live: bool
    reason: str


def do_what_is_due(now: datetime) -> str:
    """Take down and publish the pages whose moment has come, and report; all of them, whatever becomes of one.

    Raises Permanent, which says in words which pages could not be and why, once all have had their turn.
    """
    down, published, failed = 0, 0, []
    words = _("“%(title)s”: %(reason)s")
    for page in expired(now):
        reason = _attempt(page, NOT_TAKEN_DOWN, page.expire_at, _taking_down(page))
        down += not reason
        failed += [words % {"title": page.title, "reason": reason}] if reason else []
    for revision in approved(now):
        page = revision.content_object
        due = revision.approved_go_live_at
        reason = _attempt(page, NOT_PUBLISHED, due, _publishing(revision))
        published += not reason
        failed += [words % {"title": page.title, "reason": reason}] if reason else []
    report = _("Pages published: %(published)s; taken down: %(down)s") % {
        "published": published,
        "down": down,
    }
    if failed:
        raise Permanent(" · ".join([*failed, report]))
    return report


def expired(moment: datetime) -> QuerySet[Page]:
    """Return the live pages that were to be taken down before `moment`."""
    return Page.objects.filter(live=True, expire_at__lt=moment).order_by("expire_at")


def approved(moment: datetime) -> QuerySet[Revision]:
    """Return the versions of pages that were to go live before `moment`, in the order of their moments."""
    return Revision.page_revisions.filter(approved_go_live_at__lt=moment).order_by("approved_go_live_at")


def anything_is_late() -> bool:
    """Whether a page still waits although its moment has passed; at most two statements."""
    since = timezone.now() - LATE
    return approved(since).exists() or expired(since).exists()


def late_pages() -> list[Late]:
    """Return what is late, the oldest first, each with the reason that its history gives."""
    since = timezone.now() - LATE
    found = [
        Late(revision.content_object, revision.approved_go_live_at, True, "") for revision in approved(since)
    ]
    found += [Late(page, page.expire_at, False, "") for page in expired(since)]
    return [
        Late(late.page, late.due, late.goes_live, _known_reason(late))
        for late in sorted(found, key=lambda late: late.due)
    ]


def moment_of_source(page: Page) -> datetime | None:
    """Return when the page that `page` is a translation of goes live, if that lies ahead; None where it is public."""
    kept = None if page.live else translation_of(page)
    if kept is None:
        return None
    sources = Page.objects.filter(
        translation_key=page.translation_key, locale=kept.source.locale_id, live=False
    )
    keys = [str(key) for key in sources.values_list("pk", flat=True)]
    ahead = Revision.page_revisions.filter(object_id__in=keys, approved_go_live_at__gt=timezone.now())
    return ahead.values_list("approved_go_live_at", flat=True).first()


def go_with_source(page: Page, revision: Revision) -> None:
    """Let a translation, whose screen offers no moment, go live with its source and not before; write it down."""
    moment = moment_of_source(page)
    chosen = revision.as_object().go_live_at if moment else None
    if moment and (chosen is None or chosen < moment):
        revision.content = {**revision.content, "go_live_at": moment.isoformat()}
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _publishing(revision: Revision) -> Callable[[], object]:
    return lambda: revision.publish(log_action="wagtail.publish.scheduled")


def _taking_down(page: Page) -> Callable[[], object]:
    return lambda: page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _attempt(page: Page, action: str, due: datetime, act: Callable[[], object]) -> str:
    """Do one act; return why it failed, written into the page's history once, or nothing."""
    try:
        with transaction.atomic():
            act()
        return ""
    except _NO_DATABASE:
        raise  # nobody's fault; the worker waits for the database
    except Exception as error:
        reason = "; ".join(error.messages) if isinstance(error, ValidationError) else describe(error)
    told = PageLogEntry.objects.filter(page=page.pk, action=action, timestamp__gte=due)
    latest = told.order_by("-timestamp").first()
    if latest is None or latest.data.get("reason") != reason:
        log(instance=page, action=action, data={"reason": reason})
    return reason


def _known_reason(late: Late) -> str:
    action = NOT_PUBLISHED if late.goes_live else NOT_TAKEN_DOWN
    told = PageLogEntry.objects.filter(page=late.page.pk, action=action, timestamp__gte=late.due)
    entry = told.order_by("-timestamp").first()
    return entry.data.get("reason", "") if entry else ""
