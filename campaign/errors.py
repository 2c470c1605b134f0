"""Error pages that help, in the language of the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 404 page with ways on."""
    return render(request, "404.html", status=404)
