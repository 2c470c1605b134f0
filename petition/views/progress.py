"""The count for other programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from petition.models import Petition
from petition.services.counting import progress

CACHE_SECONDS = 10  # a figure that is ten seconds old is still true enough to be quoted with its moment


@require_safe
def count_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer petition, count, goal and the moment they were true (ISO 8601, UTC); any origin may read it."""
    now = progress(get_object_or_404(Petition, slug=slug))
    response = JsonResponse(
        {
            "petition": slug,
            "count": now.count,
            "goal": now.goal,
            "as_of": now.as_of.isoformat(timespec="seconds"),
        }
    )
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response
