"""What a journalist's link opens: the scheduled version of one release, its PDF and its files, until it is public."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from home.attachments import attachments
from home.embargo import hidden_until, is_ahead
from home.embargo_links import LinkState, link_called, state_of
from home.files import file_response
from home.models import MadeKind, PressReleasePage

STATUS = {
    "altered": HTTPStatus.NOT_FOUND,
    "not ready": HTTPStatus.NOT_FOUND,
    LinkState.EXPIRED.value: HTTPStatus.GONE,
    LinkState.REVOKED.value: HTTPStatus.GONE,
}
View = Callable[..., HttpResponseBase]


def for_the_reader_of_a_link(view: View) -> View:
    """Call the view with the release that a good link opens; else say in words why it opens none.

    Nothing of it is kept in a cache or found by a search engine, and its address leaves in no Referer.
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs) -> HttpResponseBase:
        response = _answer(view, request, token, kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return require_safe(opened)


def _answer(view: View, request: HttpRequest, token: str, kwargs: dict) -> HttpResponseBase:
    link = link_called(token)
    if link is None or link.page.language != translation.get_language():
        return _no_release(request, "altered")
    if link.page.live and not is_ahead(link.page.embargo_until):
        return redirect(link.page.url)
    state = state_of(link)
    if state is not LinkState.GOOD:
        return _no_release(request, state.value)
    release = link.page.get_scheduled_revision_as_object()
    if release is None:
        return _no_release(request, "not ready")
    return view(request, release, token, **kwargs)


def _no_release(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "home/embargo/no_release.html", {"why": why}, status=STATUS[why])


@for_the_reader_of_a_link
def release(request: HttpRequest, page: PressReleasePage, token: str) -> HttpResponse:
    """Show the release as it was scheduled, marked as under embargo, without what would spread its address."""
    made = page.files().get(MadeKind.PDF)
    if made:
        made.url = reverse("embargo_pdf", args=[token, f"{page.slug}.pdf"])
    context = page.get_context(request) | {
        "embargo": page.embargo_until or hidden_until(page),
        "pdf": made,
        "attachments": attachments(
            page, lambda document: reverse("embargo_file", args=[token, document.pk, document.filename])
        ),
        "canonical": "",
        "alternates": [],
    }
    return render(request, page.get_template(request), context)


@for_the_reader_of_a_link
def pdf(request: HttpRequest, page: PressReleasePage, token: str, name: str) -> HttpResponseBase:
    """Hand out the PDF of the scheduled version."""
    return file_response(request, page, f"{page.slug}.pdf")


@for_the_reader_of_a_link
def file(
    request: HttpRequest, page: PressReleasePage, token: str, document: int, name: str
) -> HttpResponseBase:
    """Hand out one of the release's files."""
    for attached in attachments(page):
        if attached.document.pk == document and attached.document.filename == name:
            response = FileResponse(
                attached.document.file.open("rb"), as_attachment=True, filename=attached.document.filename
            )
            response["Content-Security-Policy"] = "default-src 'none'"
            response["X-Content-Type-Options"] = "nosniff"
            return response
    raise Http404
