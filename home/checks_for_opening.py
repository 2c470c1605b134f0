"""What the site's pages add to the points that should be done before a petition opens (OPENING_CHECKS)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.links import HOME_DEPTH, reachable
from home.models import PetitionPage
from home.placeholders import has_open_place
from petition.public import Check, Petition


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


def nothing_is_left_to_fill_in(petition: Petition) -> list[Check]:
    """No published page says that something is still to be completed; the demo may, under its banner."""
    open_pages = [page for page in reachable(Page.objects.specific()) if has_open_place(page)]
    if not open_pages:
        return [Check(True, _("No published page holds a place left to be filled in."))]
    if settings.DEMO:
        words = _("Pages hold places left to be filled in, allowed in the demo: %(titles)s.")
        return [Check(True, words % {"titles": ", ".join(page.title for page in open_pages)})]
    words = _("The page “%(title)s” holds a place left to be filled in.")
    return [
        Check(
            False,
            words % {"title": page.title},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _("Edit the page"),
        )
        for page in open_pages
    ]


def _add_url() -> str:
    """Return where a page about a petition is added: below the home page, or where there is none, the tree."""
    home = Page.objects.filter(depth=HOME_DEPTH, locale__language_code=settings.LANGUAGE_CODE).first()
    if home is None:
        return reverse("wagtailadmin_explore_root")
    return reverse("wagtailadmin_pages:add", args=["home", "petitionpage", home.pk])
