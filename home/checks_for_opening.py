"""What the site's pages add to the points that should be done before a petition opens (OPENING_CHECKS)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.links import HOME_DEPTH, reachable
from home.models import PetitionPage, Purpose, StandardPage
from home.placeholders import Place, open_places
from petition.public import Check, Petition

ASKED_BY_LAW = (Purpose.LEGAL, Purpose.PRIVACY)


def page_is_published(petition: Petition) -> list[Check]:
    """A page about the petition can be read: without one nobody finds its form."""
    pages = PetitionPage.objects.filter(petition=petition)
    done = reachable(pages).exists()
    words = (
        _("A page about it is published.")
        if done
        else _("No page about it is published: nobody would find its form.")
    )
    page = pages.order_by("path").first()
    if page:
        return [Check(done, words, reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit the page"))]
    return [Check(done, words, _add_url(), _("Add the page"))]


def legal_pages_are_published(petition: Petition) -> list[Check]:
    """Who publishes and what becomes of people's data can be read; in the main language nothing opens without."""
    missing = []
    for purpose in ASKED_BY_LAW:
        pages = StandardPage.objects.filter(purpose=purpose)
        published = set(reachable(pages).values_list("locale__language_code", flat=True))
        missing += [
            _unpublished(purpose, code, str(name))
            for code, name in settings.LANGUAGES
            if code not in published
        ]
    return missing or [Check(True, _("The legal notice and the page on personal data are published."))]


def _unpublished(purpose: Purpose, code: str, language: str) -> Check:
    words = _("The page “%(purpose)s” is not published (%(language)s), and the law asks for it.")
    told = words % {"purpose": purpose.label, "language": language}
    blocks = code == settings.LANGUAGE_CODE and not settings.DEMO
    draft = StandardPage.objects.filter(purpose=purpose, locale__language_code=code).first()
    if draft is None:
        return Check(False, told, reverse("wagtailadmin_explore_root"), _("Add the page"), blocks)
    return Check(False, told, reverse("wagtailadmin_pages:edit", args=[draft.pk]), _("Edit the page"), blocks)


def nothing_is_left_to_fill_in(petition: Petition) -> list[Check]:
    """No published page says that something is still to be completed; the demo may, under its banner."""
    unfinished = pages_with_open_places()
    if not unfinished:
        return [Check(True, _("No published page holds a place left to be filled in."))]
    if settings.DEMO:
        words = _("Pages hold places left to be filled in, allowed in the demo: %(titles)s.")
        return [Check(True, words % {"titles": ", ".join(page.title for page, _places in unfinished)})]
    return [_unfinished(page, places) for page, places in unfinished]


def pages_with_open_places() -> list[tuple[Page, list[Place]]]:
    """Return the pages that readers can open and that hold places left to be filled in, each with its places."""
    found = ((page, open_places(page)) for page in reachable(Page.objects.specific()))
    return [(page, places) for page, places in found if places]


def _unfinished(page: Page, places: list[Place]) -> Check:
    words = _("The page “%(title)s” holds places left to be filled in: %(places)s.")
    told = words % {"title": page.title, "places": "; ".join(str(place) for place in places)}
    if all(place.url for place in places):
        return Check(False, told, places[0].url, _("To the organisation's facts"))
    return Check(False, told, reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit the page"))


def _add_url() -> str:
    """Return where a page about a petition is added: below the home page, or where there is none, the tree."""
    home = Page.objects.filter(depth=HOME_DEPTH, locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=["home", "petitionpage", home.pk])
