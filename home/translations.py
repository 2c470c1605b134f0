"""No page goes live with another language's words in it.

wagtail-localize fills what nobody has translated yet with the words of the source, and publishes that: when a page
is first translated, when the changes of a source are passed on, and from the side-by-side editor. Here such a
translation stays a draft, or keeps the version that readers have.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from home.publishing import why_translated_places_forbid


def translation_of(page: Page) -> Translation | None:
    """Return the translation whose result `page` is; None for a source, and where staff ended the translation."""
    kept = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    return kept.select_related("source").first()


def untranslated(translation: Translation) -> str:
    """Say in words how much of a translation is missing; nothing where it is whole."""
    total, done = translation.get_progress()
    if total == done:
        return ""
    words = ngettext(
        "%(missing)s passage of %(total)s is not translated yet.",
        "%(missing)s passages of %(total)s are not translated yet.",
        total - done,
    )
    return words % {"missing": total - done, "total": total}


def why_not_published(page: Page, revision: Revision | None = None) -> str:
    """Say in words why a translation can't go live, or why this revision of it can't; nothing where it can."""
    translation = translation_of(page)
    if translation is None:
        return ""
    missing = untranslated(translation)
    if missing or revision is None:
        return missing
    words = StringTranslation.objects.filter(
        context__object=translation.source.object_id, locale=translation.target_locale_id
    )
    newest = words.aggregate(newest=Max("updated_at"))["newest"]
    if newest and revision.created_at < newest:
        return _(
            "Passages were translated since this draft was made: publish it from its translation screen."
        )
    return ""


def check_publishing(page: Page, revision: Revision) -> None:
    """Raise ValidationError where a revision holds words that nobody translated."""
    if revision.approved_go_live_at:
        return  # its moment has come: it was looked at when staff chose that moment, and has not changed since
    reason = why_not_published(page, revision)
    if reason:
        raise ValidationError({"title": [reason]})


def state_of(page: Page, reason: str) -> str:
    """Say what readers see while a translation is held back for `reason`."""
    if page.live:
        return _("%(reason)s Readers see the last version that was published.") % {"reason": reason}
    return _("%(reason)s The page stays unpublished until then.") % {"reason": reason}


def keep_back_what_is_untranslated() -> None:
    """Guard the one function by which wagtail-localize writes translations; it offers no hook and no setting.

    Its own switch isn't enough: even to save a draft it first writes the page's row, which readers see at once.
    """
    save_target = Translation.save_target
    if hasattr(save_target, "__wrapped__"):
        return

    @wraps(save_target)
    def save_what_is_whole(self, user=None, publish=True):
        if not untranslated(self) and not (publish and why_translated_places_forbid(self)):
            return save_target(self, user=user, publish=publish)
        page = Page.objects.filter(
            translation_key=self.source.object_id, locale=self.target_locale_id
        ).first()
        if page and page.live and not page.alias_of_id:
            return None
        if page and page.live:  # a copy that followed its source becomes a page with a draft of its own
            Page.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)
        return save_target(self, user=user, publish=False)

    Translation.save_target = save_what_is_whole
