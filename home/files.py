"""Files made from pages, handed out below the page's address: what hides the page hides them."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home.models import CampaignPage, MadeFile

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}
# What no system bears in the name of a file; a path's parts and control characters are among them.
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')
LONGEST_NAME = 90  # characters, of which each may be three bytes: file systems end at 255


@require_safe
def file_of_page(request: HttpRequest, path: str, name: str) -> HttpResponseBase:
    """Answer the file `name` of the page at `path`; 404 where either is hidden or not made yet."""
    found = Page.route_for_request(request, path)
    if found is None or not isinstance(found.page, CampaignPage):
        raise Http404
    found.page.refuse_hidden()
    return file_response(request, found.page, name)


def file_response(request: HttpRequest, page: CampaignPage, name: str) -> HttpResponseBase:
    """Answer one file of a page that the reader may read. Raises Http404 where there is none."""
    made = MadeFile.objects.filter(page=page.pk, kind=page.file_names().get(name, "")).first()
    if made is None:
        raise Http404
    etag = quote_etag(made.fingerprint)
    extension = name.rpartition(".")[2]
    response = HttpResponse(bytes(made.content), content_type=TYPES[extension])
    response["ETag"] = etag
    disposition = content_disposition_header(
        as_attachment=extension != "pdf", filename=f"{name_to_save(page.title)}.{extension}"
    )
    response["Content-Disposition"] = disposition or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=response) or response


def name_to_save(title: str) -> str:
    """Return a title as the name of a file: with its accents, without what a system refuses, cut at a word."""
    name = " ".join(NOT_IN_NAMES.sub(" ", title).split())
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rpartition(" ")[0] or name[:LONGEST_NAME]
    return name.strip(" .,;") or "document"
