"""Addresses of pages, from the tree alone: no request, no Host header, no Site row."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

HOME_DEPTH = 2  # Wagtail's root is at depth 1, the home page of each language below it
DEEPEST = 9  # levels of pages that lists know: seven below the home page are more than an address can bear
# Wagtail can keep a copy that follows a page of another language: that other language's words, so no reader sees it.
IN_ITS_OWN_WORDS = Q(alias_of=None) | Q(alias_of__locale=F("locale"))


def reachable(pages: QuerySet) -> QuerySet:
    """Keep of `pages` those that a reader can find: every list, feed, search and sitemap is made of these alone.

    They are live, in their own words, below a live home page of their language (without which Wagtail answers 404),
    below no unpublished page, and their embargo, if they have one, is over. A live page below an unpublished one
    still answers at its address, so that what was sent out or printed keeps its promise; nothing leads there.
    """
    homes = Page.objects.live().filter(IN_ITS_OWN_WORDS, depth=HOME_DEPTH, locale=OuterRef("locale"))
    home = homes.filter(path=Substr(OuterRef("path"), 1, HOME_DEPTH * Page.steplen))
    # Each page above, found by its path through the unique index; from its own depth on that is the page itself.
    depths = range(HOME_DEPTH + 1, DEEPEST + 1)
    above = [Substr(OuterRef("path"), 1, depth * Page.steplen) for depth in depths]
    hidden = Page.objects.filter(path__in=above, live=False)
    under_embargo = Page.objects.filter(pk=OuterRef("pk"), pressreleasepage__embargo_until__gt=timezone.now())
    return pages.filter(
        IN_ITS_OWN_WORDS,
        Exists(home),
        ~Exists(hidden),
        ~Exists(under_embargo),
        live=True,
        depth__lte=DEEPEST,
    )


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


def petition_url(petition) -> str:
    """Return the full address of the page about `petition`: in the active language, else in another, else home."""
    pages = reachable(Page.objects.filter(petitionpage__petition_id=petition.pk)).order_by("-path")
    # The first page of a language in the order of the tree wins: it is written last.
    addresses = {language: path for path, language in pages.values_list("url_path", "locale__language_code")}
    if not addresses:
        return absolute("/")
    active = translation.get_language() or settings.LANGUAGE_CODE
    language = active if active in addresses else next(iter(addresses))
    return absolute(page_path(addresses[language], language))
