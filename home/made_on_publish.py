"""What is made from a page is made anew when it is published, and never shown older than the page."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from home.models import CampaignPage, MadeFile, MadeKind, Organisation

# The kind of task that makes each; the picture for sharing has a way of its own.
TASKS = {MadeKind.PDF: "make_pdf", MadeKind.PRESS_KIT: "make_press_kit"}


def owe_files_of(page: Page) -> None:
    """Owe the worker what is made from one page."""
    if isinstance(page, CampaignPage):
        tasks = [TASKS[kind] for kind in page.file_names().values() if kind in TASKS]
        queue.put_many(queue.Task(task, subject=str(page.pk)) for task in tasks)


def not_owed(pages: Iterable[Page], kinds: Collection[str]) -> list[Page]:
    """Leave out the pages of which something of these kinds is owed already, also what was given up: staff see it."""
    waiting = OutboxTask.objects.filter(kind__in=kinds, done_at=None).values_list("subject", flat=True)
    owed = set(waiting)
    return [page for page in pages if str(page.pk) not in owed]


@receiver(page_published)
@transaction.atomic
def make_anew(sender, instance: Page, **kwargs) -> None:
    """Take away what was made from an older version, and owe the new; scheduled pages have theirs made as well."""
    MadeFile.objects.filter(page=instance.pk, kind__in=TASKS).delete()
    owe_files_of(instance)


@receiver(page_unpublished)
def take_away(sender, instance: Page, **kwargs) -> None:
    """Keep nothing of what readers can't read any more."""
    MadeFile.objects.filter(page=instance.pk, kind__in=TASKS).delete()


@receiver(page_slug_changed)
@receiver(post_page_move)
def make_anew_below(sender, instance: Page, **kwargs) -> None:
    """Owe anew what says its address, of a page that has another one and of those below it."""
    for page in Page.objects.descendant_of(instance, inclusive=True).live().specific():
        owe_files_of(page)


@receiver(post_save, sender=Organisation)
def make_all_anew(sender, **kwargs) -> None:
    """Owe anew every file: each says who the organisation is."""
    owe_all()


def owe_all() -> None:
    """Owe what is made from any page that is read or scheduled; what comes out the same stays as it is."""
    for page in Page.objects.type(CampaignPage).specific():
        if page.live or page.scheduled_revision:
            owe_files_of(page)
