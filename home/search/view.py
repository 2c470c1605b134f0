"""The page that searches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from home.search.results import results
from home.search.words import ask

KEPT_FOR = 30  # seconds, by the reader's own browser alone: what somebody looks for is nobody else's to keep


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was found; the words asked for are written down nowhere."""
    question = ask(request.GET.get("q", ""))
    found = results(question, translation.get_language(), request.GET.get("page"))
    response = render(request, "home/search.html", {"question": question, "found": found})
    patch_cache_control(response, private=True, max_age=KEPT_FOR)
    return response
