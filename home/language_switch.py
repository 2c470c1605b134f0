"""The same view in another language: what the language switch leads to where no page of the CMS is shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri

NUMBER = "page"  # which part of a list is shown; the list of the other language may be shorter


def same_view(request: HttpRequest, language: str) -> str:
    """Return the path in `language` of a view that is no page of the CMS, with its token; nothing where it has but one.

    Every view shows something when it is read, whatever it did with what was sent: reading submits and spends nothing.
    What isn't found here may be there: an address of one language that is typed after the other's prefix.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return _after_prefix(request.path_info, language)
    if match.view_name == "wagtail_serve":
        return _after_prefix(request.path_info, language)
    if not match.view_name:
        return ""
    with translation.override(language):
        path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return path if path != request.path else ""


def with_query(path: str, request: HttpRequest, page: Any, language: str) -> str:
    """Return a path with the query string of the request, as far as it means something there.

    It is passed on as it came: what can't be read at all is answered by a page too, which has a switch.
    """
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    if f"{NUMBER}=" in query and NUMBER in request.GET:
        kept = request.GET.copy()
        if not (hasattr(page, "has_part") and page.has_part(kept[NUMBER], language)):
            del kept[NUMBER]
        query = kept.urlencode()
    return f"{path}?{query}" if query else path


def _after_prefix(path: str, language: str) -> str:
    """Return an address with the prefix of `language` in the place of its own."""
    own = translation.get_language()
    bare = path if own == settings.LANGUAGE_CODE else path.removeprefix(f"/{own}")
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"
