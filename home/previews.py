"""What stands behind a page that is only previewed: its form takes nothing, and says so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from wagtail import hooks

ADDRESS = "preview_takes_nothing"


def is_preview(request: HttpRequest) -> bool:
    """Whether a page is shown to its editor, before it is published."""
    return bool(getattr(request, "is_preview", False))


def form_address() -> str:
    """Return where the form of a previewed page is sent: to staff's side, where nobody signs."""
    return reverse(ADDRESS)


@csrf_exempt  # the form is the visitors', which carries no token; nothing is done with what it sends
def takes_nothing(request: HttpRequest) -> HttpResponse:
    """Say that a preview takes no signature; what was sent is not even read."""
    response = render(request, "home/preview_takes_nothing.html")
    response["Cache-Control"] = "no-store, private"
    return response


@hooks.register("register_admin_urls")
def address_of_previewed_forms():
    """Stand below /admin/: whoever may preview may see the answer, nobody else."""
    return [path("preview/signature/", takes_nothing, name=ADDRESS)]
