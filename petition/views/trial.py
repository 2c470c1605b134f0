"""Try a petition before it opens: the form, for whoever holds the link that staff made."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from petition.context import form_if_worded, petition_context
from petition.enums import PetitionState
from petition.errors import LinkExpired, LinkInvalid, PetitionClosed
from petition.forms import SignatureForm
from petition.links import petition_url, read_trial_token
from petition.models import Petition
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import SeeOther, take

STATUS = {"altered": HTTPStatus.NOT_FOUND, "words": HTTPStatus.NOT_FOUND, "expired": HTTPStatus.GONE}


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def trial(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show what is signed and the form, and take a signature that never counts; once open, lead to the petition."""
    petition = get_object_or_404(Petition, slug=slug)
    refusal = _refusal(petition, token)
    if refusal != "altered" and petition.state != PetitionState.PREPARATION:
        return SeeOther(petition_url(petition))
    sent = request.POST if request.method == "POST" else None
    form = None if refusal else form_if_worded(petition, get_language() or "", sent)
    if form is None:
        return _no_form(request, refusal or "words")
    if sent is None:
        return _page(request, form, HTTPStatus.OK)
    try:
        return take(request, form, _page, trial=True)
    except PetitionClosed:  # opened since it was looked up
        return SeeOther(petition_url(petition))


def _refusal(petition: Petition, token: str) -> str:
    """Return why the link opens no form, or nothing."""
    try:
        named, expired = read_trial_token(token), ""
    except LinkExpired as error:
        named, expired = error.link, "expired"
    except LinkInvalid:
        return "altered"
    return expired if named == petition.pk else "altered"


def _no_form(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "petition/trial_over.html", {"why": why}, status=STATUS[why])


def _page(request: HttpRequest, form: SignatureForm, status: HTTPStatus) -> HttpResponse:
    context = petition_context(form.petition, form.text, form)
    context |= {"trial": True, "form_action": request.path}
    return render(request, "petition/trial.html", context, status=status)
