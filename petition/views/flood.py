"""What a network that floods the form is answered: a short page that keeps what was typed, and asks no database."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from petition import captcha, crowd
from petition.context import title_if_known
from petition.forms import SignatureForm
from petition.limits import client_network

LONGEST = 1_000  # characters of a field that are kept; no field of ours takes as many
Answer = Callable[[HttpRequest, str], HttpResponse]


def kept_from_floods(view: Answer) -> Answer:
    """Answer 429 at once, for the rest of the minute, where many forms of this network have just been refused."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        if crowd.floods(client_network(request), timezone.now(), answered=_is_answered(request)):
            return _too_many(request, slug)
        return view(request, slug)

    return guarded


def note_refused(request: HttpRequest) -> None:
    """Note that this form was refused since its network is over its limit."""
    crowd.note_refused(client_network(request), timezone.now(), answered=_is_answered(request))


def _is_answered(request: HttpRequest) -> bool:
    return bool(request.POST.get(captcha.chosen().field))


def _too_many(request: HttpRequest, slug: str) -> HttpResponse:
    names = [*SignatureForm.base_fields, captcha.chosen().field]
    kept = {
        name: request.POST[name] for name in names if len(request.POST.get(name, "")) in range(1, LONGEST)
    }
    title = title_if_known(slug, get_language() or "")
    context = {"kept": kept, "title": title, "host": urlsplit(settings.SITE_URL).hostname}
    response = render(request, "petition/too_many.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Cache-Control"] = "no-store, private"
    return response
