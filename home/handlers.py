"""What the worker makes from pages: their PDF, the press kit; each safe to repeat."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import handler, schedule
from home import embargo_links, pango, press_kit
from home.made_on_publish import TASKS, not_owed, owe_files_of
from home.models import CampaignPage, MadeFile, MadeKind


@handler("make_pdf", label=_("PDF of a page"))
def make_pdf(task: OutboxTask) -> Callable[[], object] | None:
    """Make the PDF of what readers of the page, or of a link to it under embargo, see; where Pango is there."""
    page = _as_read(task.subject)
    if page is None or not page.pdf_template or not pango.is_there():
        return None
    from home import pdf  # loads Pango

    html = pdf.print_html(page)
    return _keep(page, MadeKind.PDF, _fingerprint(html.encode()), lambda: pdf.make_pdf(html))


@handler("make_press_kit", label=_("Press kit"))
def make_press_kit(task: OutboxTask) -> Callable[[], object] | None:
    """Pack the press kit of a list of press releases."""
    page = _as_read(task.subject)
    if page is None or not page.kit:
        return None
    content = press_kit.pack(page)
    return _keep(page, MadeKind.PRESS_KIT, _fingerprint(content), lambda: content)


@schedule("make_missing_files", every=timedelta(hours=1))
def make_missing_files() -> str:
    """Owe what should have been made and isn't there, for instance since Pango was installed."""
    waiting = [page for page in Page.objects.type(CampaignPage).live().specific() if _lacks_a_file(page)]
    for page in not_owed(waiting, TASKS.values()):
        owe_files_of(page)
    words = gettext("Pages whose files are still to be made: %(number)s") % {"number": len(waiting)}
    if pango.is_there():
        return words
    return gettext("PDF files are off until these are installed: %(packages)s") % {"packages": pango.PACKAGES}


@schedule("forget_embargo_links", every=timedelta(days=1), deletes=True)
def forget_embargo_links(*, dry_run: bool = False) -> str:
    """Delete the links for journalists that have been useless for a month."""
    deleted = embargo_links.forget_old(timezone.now(), dry_run=dry_run)
    return gettext("Links under embargo deleted: %(number)s") % {"number": deleted}


def _as_read(key: str) -> CampaignPage | None:
    """Return a page as it is read now or, while it is only scheduled, as it will be; None where nobody may read it."""
    page = Page.objects.filter(pk=key).specific().first()
    if not isinstance(page, CampaignPage):
        return None
    return page if page.live else page.get_scheduled_revision_as_object()


def _lacks_a_file(page: CampaignPage) -> bool:
    wanted = {kind for kind in page.file_names().values() if kind != MadeKind.PDF or pango.is_there()}
    return bool(wanted - set(page.files()))


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _keep(
    page: CampaignPage, kind: MadeKind, fingerprint: str, make: Callable[[], bytes]
) -> Callable[[], object] | None:
    """Make the file unless the same is there; return what stores it, if nobody has published anew meanwhile."""
    if MadeFile.objects.filter(page=page.pk, kind=kind, fingerprint=fingerprint).exists():
        return None
    values = {"content": make(), "fingerprint": fingerprint, "made_at": timezone.now()}

    @transaction.atomic
    def store() -> None:
        same = Page.objects.filter(pk=page.pk, live=page.live, live_revision=page.live_revision_id)
        if same.select_for_update().exists():
            MadeFile.objects.update_or_create(page_id=page.pk, kind=kind, defaults=values)

    return store
