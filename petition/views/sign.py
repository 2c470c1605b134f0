"""Sign: the form's address, and the page that says to look in the mailbox."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from petition import limits, places
from petition.context import form_for_signing, petition_context
from petition.enums import PetitionState
from petition.errors import PetitionClosed, TooManyFromNetwork
from petition.forms import SignatureForm
from petition.links import petition_url
from petition.lookups import forget_all
from petition.models import Petition
from petition.services import signing
from petition.services.texts import what_is_signed
from petition.views.flood import kept_from_floods, note_refused
from petition.views.guards import only_from_our_pages, origin_reasons

NOT_NOW = gettext_lazy("This petition takes no signatures at the moment.")
CLOSED = gettext_lazy(
    "This petition takes no more signatures: it is closed. Nothing of what you typed has been kept."
)
TOO_MANY = gettext_lazy(
    "Very many signatures are coming from your network. Please send the form again later."
)

FormAgain = Callable[[HttpRequest, SignatureForm, HTTPStatus], HttpResponse]


class SeeOther(HttpResponseRedirect):
    """303: go there with GET (RFC 9110 §15.4.4)."""

    status_code = HTTPStatus.SEE_OTHER


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a signature for the petition; a GET leads to the petition's own page."""
    if request.method != "POST":
        return HttpResponseRedirect(petition_url(get_object_or_404(Petition, slug=slug)))
    return answer_post(request, slug)


@only_from_our_pages
@kept_from_floods
def answer_post(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a sent form: the same 303 for every address, or the form again with its messages (422, 429)."""
    form = form_for_signing(slug, get_language() or "", request.POST)
    try:
        if form.petition.open_now:
            return take(request, form, _form_again)
    except PetitionClosed:  # since it was looked up
        forget_all()
    say_only(form, NOT_NOW if form.petition.not_open_yet else CLOSED)
    return _form_again(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def take(request: HttpRequest, form: SignatureForm, again: FormAgain, *, trial: bool = False) -> HttpResponse:
    """Sign with a sent form, or answer with `again`, which shows it with its messages. Raises PetitionClosed."""
    if not form.is_valid():
        return again(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _sign(request, form, trial)
    except TooManyFromNetwork:
        note_refused(request)
        say_only(form, TOO_MANY)
        return again(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return SeeOther(reverse("check_inbox", args=[form.petition.slug]))


def say_only(form: forms.Form, reason: Promise | str) -> None:
    """Give the form one message alone: what else may be wrong in it doesn't matter now."""
    form.errors.clear()
    form.add_error(None, str(reason))


@require_safe
def check_inbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one step remains; the same page for everybody."""
    petition = get_object_or_404(Petition, slug=slug)
    context = {"petition": petition, "trial": petition.state == PetitionState.PREPARATION}
    response = render(request, "petition/check_inbox.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _sign(request: HttpRequest, form: SignatureForm, trial: bool) -> None:
    filled = form.cleaned_data
    assert form.signed_ticket is not None  # a form without one is not valid
    signing.sign(
        form.petition,
        ticket=form.signed_ticket,
        language=get_language(),
        first_name=filled["first_name"],
        last_name=filled["last_name"],
        email=filled["email"],
        place=places.place_of(filled["country"], filled["postcode"]),
        agreed=form.agreed(),
        network=limits.client_network(request),
        check=form.check(),
        reasons=origin_reasons(request) + form.reasons(),
        trial=trial,
    )


def _form_again(request: HttpRequest, form: SignatureForm, status: HTTPStatus) -> HttpResponse:
    context = petition_context(form.petition, form.text, form)
    context["corrections"] = what_is_signed(form.petition, form.text.language).corrections
    response = render(request, "petition/sign_again.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
