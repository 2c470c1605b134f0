"""Addresses of pages, from the tree alone: no request, no Host header, no Site row."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def page_path(url_path: str, language: str) -> str:
    """Return the public path of a page in `language`, from its place in the tree.

    Home pages lie directly under Wagtail's root, so the first part of `url_path` is the home page's own
    slug, which no address shows.
    """
    below_home = url_path.lstrip("/").partition("/")[2]
    with translation.override(language):
        return reverse("wagtail_serve", args=[below_home])


def absolute(path: str) -> str:
    """Return the full address of a path on this site."""
    return settings.SITE_URL + path


def petition_page(petition, language: str):
    """Return the live page about `petition` in `language`, or None."""
    from home.models import PetitionPage

    pages = PetitionPage.objects.live().filter(petition_id=petition.pk, locale__language_code=language)
    return pages.order_by("path").first()


def petition_url(petition) -> str:
    """Return the full address of the page about `petition`: in the active language, else in another, else home."""
    from home.models import PetitionPage

    pages = list(PetitionPage.objects.live().filter(petition_id=petition.pk).order_by("path"))
    language = translation.get_language() or settings.LANGUAGE_CODE
    pages.sort(key=lambda page: page.language != language)
    return absolute(pages[0].url) if pages else absolute("/")
