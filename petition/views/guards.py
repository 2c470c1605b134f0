"""Who may post: our own pages. Without a cookie there is no CSRF token, so the browser's own word is taken.

A header that names another site is refused. Old browsers, and some mail programs' web views, send neither header or
`Origin: null`: then the ticket or the signed link alone decides, and it is noted.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from petition.enums import Reason
from petition.errors import TooManyFromNetwork

OUR_OWN_FETCH = {"same-origin", "none"}  # `none`: typed or reloaded by the person themself


def only_from_our_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a POST that another site caused with a 403 page in words; read the others as UTF-8, as our pages send.

    A multipart body may name any codec of Python's, and some of them raise what Django doesn't expect.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.encoding = "utf-8"
        if request.method == "POST" and _comes_from_elsewhere(request):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def origin_reasons(request: HttpRequest) -> list[Reason]:
    """Return the note that the browser didn't say where the form came from, or nothing."""
    origin = request.headers.get("Origin")
    silent = origin is None and "Sec-Fetch-Site" not in request.headers
    return [Reason.NO_ORIGIN] if silent or origin == "null" else []


def private_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a page behind a personal link out of caches and search engines, and its address out of the Referer.

    `strict-origin`, never `no-referrer`: under the latter browsers send `Origin: null` with our own forms.
    """

    @wraps(view)
    def kept_private(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = never_cache(view)(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept_private


def slowed_when_busy(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429, in words, where a network has asked for more than any office would."""

    @wraps(view)
    def slowed(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TooManyFromNetwork:
            return render(request, "petition/busy.html", status=HTTPStatus.TOO_MANY_REQUESTS)

    return slowed


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    if request.headers.get("Sec-Fetch-Site", "none") not in OUR_OWN_FETCH:
        return True
    origin = request.headers.get("Origin")
    if origin is None or origin == "null":
        return False
    return origin not in {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
