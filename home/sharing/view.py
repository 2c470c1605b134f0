"""The picture of a page, below the page's address: what hides the page hides it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.models import CampaignPage, MadeFile, MadeKind
from home.sharing.facts import IMAGE_NAMES

GENERAL = Path(settings.BASE_DIR) / "static" / "img" / "share.png"
KEPT_FOR = 300  # seconds: who takes a page down doesn't wait long for its picture to be gone
GENERAL_KEPT_FOR = 30  # seconds: the worker draws the page's own within a minute


@require_safe
def share_image(request: HttpRequest, path: str, name: str) -> HttpResponseBase:
    """Answer the picture of the page at `path`, or a general one until the worker has drawn it."""
    found = Page.route_for_request(request, path)
    page = found.page if found else None
    if not isinstance(page, CampaignPage) or name != IMAGE_NAMES[page.language]:
        raise Http404
    page.refuse_hidden()
    made = MadeFile.objects.filter(page=page.pk, kind=MadeKind.SHARE_IMAGE).first()
    content, version = (bytes(made.content), made.fingerprint) if made else (_general(), "general")
    etag = quote_etag(version)
    response = HttpResponse(content, content_type="image/png")
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=KEPT_FOR if made else GENERAL_KEPT_FOR)
    return get_conditional_response(request, etag=etag, response=response) or response


@cache
def _general() -> bytes:
    return GENERAL.read_bytes()
