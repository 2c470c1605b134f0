"""The latest names: a page of its own, so that search engines can be told to leave it alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from petition.enums import PetitionState
from petition.models import Petition
from petition.services.recent import recent_names
from petition.services.texts import current_text


@require_safe
def latest_names(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the last who agreed to be shown; kept by no cache, so that who withdraws is gone at once."""
    petition = get_object_or_404(Petition.objects.exclude(state=PetitionState.PREPARATION), slug=slug)
    text = current_text(petition, get_language() or "")
    if text is None:
        raise Http404
    context = {"petition": petition, "text": text, "names": recent_names(petition)}
    response = render(request, "petition/latest_names.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store"
    return response
