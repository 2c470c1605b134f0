"""Error pages that help, in the language of the address."""

import re
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

WORD = re.compile(r"[^\W_]+")
# First parts of addresses with a token, or of files: nobody looks for those by words.
WITHOUT_WORDS = {
    "signature",
    "petitions",
    "organisations",
    "embargo",
    "admin",
    "api",
    "documents",
    "media",
    "static",
}
LONGEST_WORD = 25  # letters: what is longer is a token or a slip
MOST_LETTERS = 80  # of the words together: as much as the field shows


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 404 page with ways on; it says nothing of a page that is kept from readers at this address.

    Its search field holds the words of the address, and nothing is searched for: what is like a hidden page's address
    would otherwise be answered by what is like it.
    """
    request.campaign_page = None  # type: ignore[attr-defined]
    context = {"words": words_of_address(request.path_info)}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def words_of_address(path: str) -> str:
    """Return the words of an address's last part, for a search field; none where an address may hold a secret."""
    parts = [part for part in path.split("/") if part]
    if parts and parts[0] in dict(settings.LANGUAGES):
        del parts[0]
    if not parts or parts[0] in WITHOUT_WORDS:
        return ""
    words = WORD.findall(parts[-1].rpartition(".")[0] or parts[-1])
    return " ".join(word for word in words if len(word) <= LONGEST_WORD)[:MOST_LETTERS].rstrip()


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form of staff's whose token is missing or old: what to do, in words."""
    message = _(
        "This form is no longer valid: cookies are off, or somebody has logged in or out since. Go back, load the "
        "page anew and send it again."
    )
    return render(request, "403.html", {"message": message}, status=HTTPStatus.FORBIDDEN)


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
