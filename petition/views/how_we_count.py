"""« Comment nous comptons »: what the number is and what it is made of; its days also as a table for programs."""

import csv
from dataclasses import astuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from petition.enums import PetitionState
from petition.how_we_count import how_we_count_context
from petition.models import Petition
from petition.services.figures import days, figures
from petition.services.texts import current_text

DAILY_CACHE_SECONDS = 600  # days change once a day, and the last one by the minute: a curve needs no more
COLUMNS = ("date", "received", "confirmed", "withdrawn", "set_aside", "total")


@require_safe
def how_we_count(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is counted and how, with the figures of one moment; for petitions that have opened."""
    petition = _opened(slug)
    text = current_text(petition, get_language() or "")
    if text is None:
        raise Http404
    return render(request, "petition/how_we_count.html", how_we_count_context(petition, text))


@require_safe
def daily_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer one line per day in Paris (RFC 4180, UTF-8), the last as of the last roll-up; any origin may read it."""
    petition = _opened(slug)
    found = figures(petition)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows(astuple(day) for day in (days(petition, found.as_of) if found else []))
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={DAILY_CACHE_SECONDS}"
    return response


def _opened(slug: str) -> Petition:
    return get_object_or_404(Petition.objects.exclude(state=PetitionState.PREPARATION), slug=slug)
