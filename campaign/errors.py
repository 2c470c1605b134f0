"""Error pages that help, in the language of the address."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 404 page with ways on; it says nothing of a page that is kept from readers at this address."""
    request.campaign_page = None  # type: ignore[attr-defined]
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 400 page for a request that can't be read, or that was sent to a host which isn't ours.

    The page names the site's own address, and neither it nor base.html asks for the Host header: that may be
    what is wrong.
    """
    return render(request, "400.html", {"site_url": settings.SITE_URL}, status=HTTPStatus.BAD_REQUEST)


class MethodNotAllowedInWords:
    """Give the answer 405, which Django leaves empty, a page in words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response
