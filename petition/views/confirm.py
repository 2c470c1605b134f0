"""Confirm: the link shows a page, its button acts, a second press succeeds."""

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petition.context import petition_context
from petition.errors import LinkExpired, LinkInvalid, PetitionClosed
from petition.forms import MailboxForm
from petition.links import personal_token, petition_url, read_confirm_token
from petition.models import PendingSignature
from petition.services import signing
from petition.services.confirmation import confirm as confirm_signature
from petition.services.following import Behind, Found, follow_confirm_link
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import SeeOther

STATUS = {
    Behind.SUPERSEDED: HTTPStatus.GONE,
    Behind.EXPIRED: HTTPStatus.GONE,
    Behind.CLOSED: HTTPStatus.GONE,
    Behind.WITHDRAWN: HTTPStatus.GONE,
    Behind.GONE: HTTPStatus.GONE,
}


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link is about; count the signature when the button posts. Repeats are harmless."""
    try:
        found = _follow(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method == "POST" and found.kind == Behind.WAITING and found.row:
        link = read_confirm_token(token)
        with suppress(PetitionClosed):  # delivered between the two lines: the page says so
            confirm_signature(found.row.petition, link.uuid, link.nonce)
    if request.method == "POST":
        return SeeOther(reverse("confirm", args=[token]))
    return _page(request, found, token)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def fresh_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Send a fresh mail for the signature behind an expired or superseded link."""
    try:
        found = _follow(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method != "POST":
        return redirect("confirm", token)
    if isinstance(found.row, PendingSignature):
        signing.ask_again(found.row)
    return SeeOther(reverse("mail_sent"))


def altered_link(request: HttpRequest) -> HttpResponse:
    """Say that a link did not arrive whole, and offer a mail to the address that has signed."""
    return render(request, "petition/link_altered.html", {"form": MailboxForm()}, status=HTTPStatus.NOT_FOUND)


def _follow(token: str) -> Found:
    try:
        return follow_confirm_link(read_confirm_token(token))
    except LinkExpired as error:
        return follow_confirm_link(error.link, expired=True)


def _page(request: HttpRequest, found: Found, token: str) -> HttpResponse:
    context = {"token": token, "row": found.row}
    if found.row is not None:
        context |= petition_context(found.row.petition, found.row.text)
        context["petition_url"] = petition_url(found.row.petition)
        context["personal_token"] = personal_token(found.row.uuid)
    return render(
        request, f"petition/confirm_{found.kind}.html", context, status=STATUS.get(found.kind, HTTPStatus.OK)
    )
