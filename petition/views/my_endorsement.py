"""What stands behind the links that a representative gets: confirm, and later withdraw."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petition.enums import EndorsementState
from petition.errors import LinkExpired, LinkInvalid
from petition.links import endorsement_page_token, read_endorsement_page_token, read_endorsement_token
from petition.models import Endorsement
from petition.services import endorsing
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def endorsement_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be confirmed; hand it to staff when the button posts. Repeats are harmless."""
    expired = False
    try:
        row_uuid = read_endorsement_token(token)
    except LinkExpired as error:
        row_uuid, expired = error.link, True
    except LinkInvalid:
        return _altered(request)
    row = _row(row_uuid)
    waits = row is not None and row.state == EndorsementState.RECEIVED
    if row is None or (waits and expired):
        return render(request, "petition/endorsement_gone.html", {"row": row, **_about(row)}, status=410)
    if request.method == "POST":
        endorsing.confirm(row_uuid)
        return SeeOther(reverse("endorsement_confirm", args=[token]))
    template = "petition/endorsement_confirm.html" if waits else "petition/endorsement_page.html"
    return render(request, template, _about(row) | {"token": token})


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def endorsement_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far an endorsement has come, without anybody's data; withdraw it when the button posts."""
    try:
        row_uuid = read_endorsement_page_token(token)
    except LinkInvalid:
        return _altered(request)
    if request.method == "POST":
        endorsing.withdraw(row_uuid)
        return SeeOther(reverse("endorsement_page", args=[token]))
    row = _row(row_uuid)
    if row is None:
        return render(request, "petition/endorsement_withdrawn.html", status=HTTPStatus.GONE)
    return render(request, "petition/endorsement_page.html", _about(row))


def _row(row_uuid: UUID) -> Endorsement | None:
    return Endorsement.objects.select_related("petition").defer("logo").filter(uuid=row_uuid).first()


def _about(row: Endorsement | None) -> dict:
    if row is None:
        return {}
    return {
        "row": row,
        "petition": row.petition,
        "page_token": endorsement_page_token(row.uuid),
        "states": EndorsementState,
    }


def _altered(request: HttpRequest) -> HttpResponse:
    return render(request, "petition/endorsement_gone.html", status=HTTPStatus.NOT_FOUND)
