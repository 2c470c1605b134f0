"""The picture of each page: drawn by the worker when the page is published, kept beside it, gone with it."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask, Priority
from campaign.outbox.registry import handler, schedule
from home.links import reachable
from home.made_on_publish import not_owed
from home.models import CampaignPage, MadeFile, MadeKind, Organisation, PetitionPage
from home.sharing.drawing import draw
from home.sharing.facts import shared
from petition import public

TASK = "make_share_image"
DRAWING = "1"  # raised when the drawing changes, so that what was drawn before is drawn anew


@receiver(page_published)
def owe_image(sender, instance: Page, **kwargs) -> None:
    """Owe the picture of a page that goes live; the one that is there is given until then."""
    if isinstance(instance, CampaignPage):
        owe([instance])


@receiver(page_unpublished)
def take_image_away(sender, instance: Page, **kwargs) -> None:
    """Keep no picture of a page that is taken down."""
    MadeFile.objects.filter(page=instance.pk, kind=MadeKind.SHARE_IMAGE).delete()


@receiver(post_save, sender=public.PetitionText)
def owe_image_of_petition(sender, instance, **kwargs) -> None:
    """Follow a correction of what is signed: its title is in the picture."""
    pages = PetitionPage.objects.live().filter(petition_id=instance.petition_id)
    owe(pages.filter(locale__language_code=instance.language))


@receiver(post_save, sender=Organisation)
def owe_all_images(sender, **kwargs) -> None:
    """Draw all anew: each names the site."""
    owe(reachable(Page.objects.filter(depth__gt=1)))


def owe(pages) -> None:
    """Owe the pictures of pages."""
    queue.put_many(queue.Task(TASK, subject=str(page.pk), priority=Priority.LAST) for page in pages)


def words_of(page: CampaignPage) -> dict[str, str]:
    """Return what is drawn of a page."""
    text = (
        public.what_is_signed(page.petition, page.language).text if isinstance(page, PetitionPage) else None
    )
    told = shared(page, text)
    with translation.override(page.language):
        name = Organisation.current().site_name
    return {"title": told.title, "kicker": told.kicker, "site_name": name, "language": page.language}


def fingerprint(words: dict[str, str]) -> str:
    """Return what tells one picture from another: SHA-256 of its words and of the way of drawing."""
    return hashlib.sha256("\0".join([DRAWING, *words.values()]).encode()).hexdigest()


@handler(TASK, label=_("Picture for sharing"))
def make_share_image(task: OutboxTask) -> Callable[[], object] | None:
    """Draw the picture of a page, unless the same is there or the page has been taken down."""
    page = Page.objects.live().filter(pk=task.subject).specific().first()
    if not isinstance(page, CampaignPage):
        return None
    words = words_of(page)
    print_ = fingerprint(words)
    if MadeFile.objects.filter(page=page.pk, kind=MadeKind.SHARE_IMAGE, fingerprint=print_).exists():
        return None
    values = {"content": draw(**words), "fingerprint": print_, "made_at": timezone.now()}

    def store() -> None:
        if Page.objects.live().filter(pk=page.pk).exists():
            MadeFile.objects.update_or_create(page_id=page.pk, kind=MadeKind.SHARE_IMAGE, defaults=values)

    return store


@schedule("make_missing_share_images", every=timedelta(hours=1))
def make_missing_share_images() -> str:
    """Owe the pictures that aren't there: of a site that was brought up to date, of a task that failed."""
    drawn = MadeFile.objects.filter(kind=MadeKind.SHARE_IMAGE).values("page")
    missing = list(reachable(Page.objects.type(CampaignPage).exclude(pk__in=drawn)))
    owe(not_owed(missing, [TASK]))
    return gettext("Pictures for sharing still to be drawn: %(number)s") % {"number": len(missing)}
