"""Pass a petition on: a page without anybody's token, from which links may lead outside."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from petition.enums import PetitionState
from petition.links import petition_url
from petition.models import Petition
from petition.services.texts import current_text
from petition.sharing import InstanceForm, mastodon_link
from petition.views.guards import only_from_our_pages


@require_http_methods(["GET", "HEAD", "POST"])
@only_from_our_pages
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the ways; for whoever names a Mastodon instance the link there as well. Nothing is stored."""
    petition = get_object_or_404(Petition.objects.exclude(state=PetitionState.PREPARATION), slug=slug)
    text = current_text(petition, get_language() or "")
    if text is None:
        raise Http404
    url = petition_url(petition)
    context = {"petition": petition, "text": text, "petition_url": url}
    if request.method != "POST":
        return _page(request, context | {"form": InstanceForm()}, HTTPStatus.OK)
    form = InstanceForm(request.POST)
    if not form.is_valid():
        return _page(request, context | {"form": form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    host = form.cleaned_data["instance"]
    way_there = {"host": host, "mastodon": mastodon_link(host, text.title, url)}
    return _page(request, context | {"form": form} | way_there, HTTPStatus.OK)


def _page(request: HttpRequest, context: dict, status: HTTPStatus) -> HttpResponse:
    response = render(request, "petition/share.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    if request.method == "POST":  # it shows what one person typed
        response["Cache-Control"] = "no-store, private"
    return response
