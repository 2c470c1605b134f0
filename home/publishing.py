"""No page goes live with a place left to be filled in, but in the demo, which says on every page what it is.

Whichever way a page is published ends in CampaignPage.publish(), which asks here, or in the editor's form, whose hook
does (home.publishing_hooks). The list's bulk action and the translation screens ask before, too: all say in words
which page and which places.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from home.links import reachable
from home.models.organisation import Organisation
from home.placeholders import Place, open_places, places_in, wanted_facts

_may_stay_open: ContextVar[bool] = ContextVar("places_may_stay_open", default=False)


@contextmanager
def places_may_stay_open() -> Iterator[None]:
    """Publish pages as they are: for the demo's content alone, which seed_demo writes nowhere else."""
    token = _may_stay_open.set(True)
    try:
        yield
    finally:
        _may_stay_open.reset(token)


def places_that_forbid(page: Page) -> list[Place]:
    """Return the places because of which a page, as it is given, can't be published; none in the demo."""
    if settings.DEMO or _may_stay_open.get():
        return []
    return open_places(page)


def why_places_forbid(page: Page) -> str:
    """Say in words why a page can't be published; nothing where it can."""
    places = places_that_forbid(page)
    return words_about(page, places) if places else ""


def why_translated_places_forbid(kept: Translation, page: Page | None = None) -> str:
    """Say in words why what is kept as a translation can't be published; nothing where it can. `page` is its result.

    What is generated is the same in every language; what is written stands in the strings of the translation.
    """
    if settings.DEMO or _may_stay_open.get():
        return ""
    source = kept.source.as_instance()
    strings = StringTranslation.objects.filter(
        translation_of__in=kept.source.stringsegment_set.values("string"),
        context__object=kept.source.object_id,
        locale=kept.target_locale_id,
    )
    written = (words for data in strings.values_list("data", flat=True) for words in places_in(data))
    places = [Place(words, "") for words in dict.fromkeys(written)]
    places += [place for place in open_places(source) if place.url]
    return words_about(page or source, places) if places else ""


def words_about(page: Page, places: list[Place]) -> str:
    """Say which page holds which places, and where those are filled in that are not the page's own."""
    words = _("“%(title)s” can't be published before these places are filled in: %(places)s.") % {
        "title": page.title,
        "places": "; ".join(str(place) for place in places),
    }
    if not any(place.url for place in places):
        return words
    where = _("An administrator gives what the organisation knows under Settings, Organisation.")
    return f"{words} {where}"


def check_places(page: Page, revision: Revision) -> None:
    """Raise ValidationError where a revision holds a place left open."""
    if revision.approved_go_live_at:
        return  # its moment has come: it was looked at when staff chose that moment
    reason = why_places_forbid(revision.as_object())
    if reason:
        raise ValidationError({"title": [reason]})


def check_emptied_facts(organisation: Organisation) -> None:
    """Raise ValidationError beside each fact that is emptied while a published page shows it; never in the demo."""
    stored = Organisation.objects.filter(pk=organisation.pk).first()
    if stored is None or settings.DEMO:
        return
    faults: dict[str, str] = {}
    for page in reachable(Page.objects.specific()).order_by("path"):
        for name in wanted_facts(page):
            if getattr(stored, name) and not getattr(organisation, name):
                words = _(
                    "The published page “%(title)s” shows it: give another one, or unpublish the page first."
                )
                faults.setdefault(name, words % {"title": page.title})
    if faults:
        raise ValidationError(faults)
