"""The wall of the organisations that endorse a petition, and their logos."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from petition.enums import EndorsementState
from petition.models import Endorsement, Petition
from petition.services.texts import current_text

DIGEST = re.compile(r"[0-9a-f]{32}")
FOR_EVER = "public, max-age=31536000, immutable"  # its bytes name it: another logo has another address


@require_safe
def wall(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisations that endorse a petition, with their own number; nobody's name, nobody's address."""
    petition = get_object_or_404(Petition.objects.has_opened(), slug=slug)
    text = current_text(petition, get_language() or "")
    if text is None:
        raise Http404
    shown = list(Endorsement.objects.published(petition))
    return render(
        request,
        "petition/endorsements.html",
        {"petition": petition, "text": text, "shown": shown, "number": len(shown)},
    )


@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Hand out the logo of an organisation that stands on a wall."""
    if not DIGEST.fullmatch(digest):  # PostgreSQL refuses some other characters
        raise Http404
    row = (
        Endorsement.objects.filter(logo_digest=digest, state=EndorsementState.PUBLISHED).only("logo").first()
    )
    if row is None:
        raise Http404
    return picture(row)


def picture(row: Endorsement, *, cache: str = FOR_EVER) -> HttpResponse:
    """Return an endorsement's logo as a picture and nothing else."""
    return HttpResponse(
        bytes(row.logo),
        content_type="image/png",
        headers={
            "Cache-Control": cache,
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": "inline",
        },
    )
