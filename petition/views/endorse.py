"""Endorse: an organisation's form, and the page that says to look in the mailbox."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from petition import limits
from petition.endorsement_form import EndorsementForm
from petition.errors import TooManyFromNetwork
from petition.models import Petition
from petition.notice import told_numbers
from petition.services import endorsing
from petition.services.texts import current_text
from petition.views.guards import only_from_our_pages, origin_reasons
from petition.views.sign import TOO_MANY, SeeOther, say_only

MOST_BYTES = (
    20 * 1024 * 1024
)  # of a whole form: ten times the largest logo, so that this one can be refused in words
NOT_NOW = _("This petition takes no endorsements at the moment. Nothing of what you typed has been kept.")
TOO_LARGE = _("What was sent is far too large, so it has not been read. Logos of up to 2 MB are taken.")


@require_http_methods(["GET", "HEAD", "POST"])
@only_from_our_pages
def endorse(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form; take what is sent: the same 303 for every address, or the form again with its messages."""
    petition = get_object_or_404(Petition.objects.has_opened(), slug=slug)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        return _unread(request, petition)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = _form(petition, *sent)
    if request.method != "POST":
        return _page(request, form, HTTPStatus.OK)
    if not petition.takes_confirmations():
        say_only(form, NOT_NOW)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _endorse(request, form)
    except TooManyFromNetwork:
        say_only(form, TOO_MANY)
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return SeeOther(reverse("endorsement_inbox", args=[slug]))


@require_safe
def endorsement_inbox(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one step remains; the same page for everybody."""
    response = render(
        request,
        "petition/endorsement_inbox.html",
        {"petition": get_object_or_404(Petition.objects.has_opened(), slug=slug)},
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _form(petition: Petition, data=None, files=None) -> EndorsementForm:
    text = current_text(petition, get_language() or "")
    if text is None:
        raise Http404
    form = EndorsementForm(petition, endorsing.statement(petition, text), data, files)
    form.text = text  # type: ignore[attr-defined]  # for the page
    return form


def _endorse(request: HttpRequest, form: EndorsementForm) -> None:
    filled = form.cleaned_data
    assert form.signed_ticket is not None  # a form without one is not valid
    endorsing.endorse(
        form.petition,
        endorsing.Filled(**{name: filled[name] for name in endorsing.Filled.__dataclass_fields__}),
        ticket=form.signed_ticket,
        stamp=filled["ticket"],
        agreed_to=form.statement,
        language=get_language() or "",
        check=form.check(),
        network=limits.client_network(request),
        reasons=origin_reasons(request) + form.reasons(),
    )


def _unread(request: HttpRequest, petition: Petition) -> HttpResponse:
    form = _form(petition, {})
    say_only(form, TOO_LARGE)
    response = _page(request, form, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    response["Connection"] = "close"
    return response


def _page(request: HttpRequest, form: EndorsementForm, status: HTTPStatus) -> HttpResponse:
    context = {
        "form": form,
        "petition": form.petition,
        "text": form.text,  # type: ignore[attr-defined]
        "numbers": told_numbers(),
    }
    response = render(request, "petition/endorse.html", context, status=status)
    if request.method == "POST":
        response["Cache-Control"] = "no-store, private"
    return response
