"""The embargo of a press release: one moment for all its language versions, kept by Wagtail's own schedule.

A release whose embargo lies ahead is scheduled and not live, whichever way it is published; the worker publishes it
when its minute comes. `embargo_until` is what editors say, `go_live_at` what Wagtail does: it is brought in line here.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from home.translations import translation_of

if TYPE_CHECKING:
    from home.models.press import PressReleasePage

PUBLIC_ALREADY = _(
    "This release is public already, so an embargo can't hide it any more. Unpublish it first, in every language, "
    "or leave this field empty."
)


def is_ahead(moment: datetime | None) -> bool:
    """Whether a moment is set and still to come."""
    return moment is not None and moment > timezone.now()


def hidden_until(page: "PressReleasePage") -> datetime | None:
    """Return until when nobody reads this version of a release, as far as it says so itself; None where it doesn't."""
    ahead = [moment for moment in (page.embargo_until, page.go_live_at) if moment and is_ahead(moment)]
    return max(ahead, default=None)


def is_public(page: "PressReleasePage") -> bool:
    """Whether a version of this release, in whichever language, is published."""
    return type(page).objects.filter(translation_key=page.translation_key, live=True).exists()


def check(page: "PressReleasePage", embargo_until: datetime | None) -> None:
    """Raise ValidationError where an embargo comes too late to hide anything."""
    if is_ahead(embargo_until) and is_public(page):
        raise ValidationError({"embargo_until": [PUBLIC_ALREADY]})


def follow(page: "PressReleasePage") -> None:
    """Bring the schedule of an unsaved version in line with its embargo; a later schedule of staff's own stands."""
    if page.go_live_at and page.go_live_at == _embargo_of(page.latest_revision):
        page.go_live_at = None  # it was the embargo's: an embargo that is moved or lifted takes it along
    ahead = page.embargo_until if is_ahead(page.embargo_until) else None
    if ahead and (page.go_live_at is None or page.go_live_at < ahead):
        page.go_live_at = ahead


def prepare(page: "PressReleasePage", revision: Revision) -> None:
    """Make a revision fit to be published: not early, and not before the version that it is a translation of.

    Raises ValidationError where the release is public already.
    """
    draft = revision.as_object()
    before = draft.embargo_until, draft.go_live_at
    check(page, draft.embargo_until)
    if not is_public(page):
        draft.embargo_until = _latest(draft.embargo_until, *_embargoes_of_source(page))
    follow(draft)
    if (draft.embargo_until, draft.go_live_at) != before:
        _rewrite(revision, draft)


def _embargoes_of_source(page: "PressReleasePage") -> list[datetime | None]:
    translation = translation_of(page)
    source = (
        translation
        and type(page)
        .objects.filter(translation_key=page.translation_key, locale=translation.source.locale_id)
        .select_related("latest_revision")
        .first()
    )
    return [source.embargo_until, _embargo_of(source.latest_revision)] if source else []


def _embargo_of(revision: Revision | None) -> datetime | None:
    return parse_datetime(revision.content.get("embargo_until") or "") if revision else None


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def _rewrite(revision: Revision, page: "PressReleasePage") -> None:
    revision.content = {
        **revision.content,
        **{name: page.serializable_data()[name] for name in ("embargo_until", "go_live_at")},
    }
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)


@receiver(page_published)
def one_embargo_for_all_versions(sender, instance: Page, **kwargs) -> None:
    """Give the other language versions, as long as nobody can read them, the embargo of a source just published."""
    if not hasattr(instance, "embargo_until") or translation_of(instance) is not None:
        return
    others = sender.objects.filter(translation_key=instance.translation_key, live=False)
    for page in others.exclude(pk=instance.pk):
        _give_embargo(page, instance.embargo_until)


def _give_embargo(page: "PressReleasePage", embargo_until: datetime | None) -> None:
    wanted = {page.latest_revision_id, getattr(page.scheduled_revision, "pk", None)} - {None}
    for revision in Revision.objects.filter(pk__in=wanted):
        draft = revision.as_object()
        draft.latest_revision = revision
        draft.embargo_until = embargo_until
        follow(draft)
        _rewrite(revision, draft)
        if revision.approved_go_live_at:
            # Without a moment of its own any more it goes live at the worker's next look.
            revision.approved_go_live_at = draft.go_live_at or timezone.now()
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=revision.approved_go_live_at)
    page.embargo_until = embargo_until
    follow(page)
    type(page).objects.filter(pk=page.pk).update(embargo_until=page.embargo_until, go_live_at=page.go_live_at)
