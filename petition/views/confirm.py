"""Confirm: the link shows a page, its button acts, a second press succeeds."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petition import limits
from petition.context import confirm_context
from petition.errors import LinkExpired, LinkInvalid
from petition.forms import MailboxForm
from petition.links import ConfirmLink, read_confirm_token
from petition.services import asking
from petition.services.confirmation import Confirmed, confirm_found
from petition.services.following import Behind, Found, follow_confirm_link
from petition.views.guards import only_from_our_pages, private_page, slowed_when_busy
from petition.views.sign import SeeOther

STATUS = {
    Behind.SUPERSEDED: HTTPStatus.GONE,
    Behind.EXPIRED: HTTPStatus.GONE,
    Behind.CLOSED: HTTPStatus.GONE,
    Behind.WITHDRAWN: HTTPStatus.GONE,
    Behind.GONE: HTTPStatus.GONE,
}
MAY_ASK = {Behind.WAITING, Behind.EXPIRED, Behind.SUPERSEDED}  # a fresh mail would lead to a button


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link is about; count the signature when the button posts. Repeats are harmless."""
    try:
        link, found = _follow(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method != "POST":
        return _page(request, found, token, STATUS.get(found.kind, HTTPStatus.OK))
    if confirm_found(found, link, shown=request.POST.get("shown"), kept=_kept(request)) == Confirmed.CHANGED:
        return _page(request, _follow(token)[1], token, HTTPStatus.CONFLICT)
    return SeeOther(reverse("confirm", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
@slowed_when_busy
def fresh_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Send a fresh mail for the signature behind an expired or superseded link, to that link's own address."""
    try:
        link, found = _follow(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method != "POST":
        return redirect("confirm", token)
    if found.kind not in MAY_ASK:
        return SeeOther(reverse("confirm", args=[token]))
    if found.pending is not None:
        address, network = found.pending.address_of(link.nonce), limits.client_network(request)
        asking.ask_for_fresh_mail(found.pending, address, network=network)
    return SeeOther(reverse("mail_sent"))


def altered_link(request: HttpRequest) -> HttpResponse:
    """Say that a link did not arrive whole, and offer a mail to the address that has signed."""
    return render(request, "petition/link_altered.html", {"form": MailboxForm()}, status=HTTPStatus.NOT_FOUND)


def _follow(token: str) -> tuple[ConfirmLink, Found]:
    try:
        link = read_confirm_token(token)
        return link, follow_confirm_link(link)
    except LinkExpired as error:
        return error.link, follow_confirm_link(error.link, expired=True)


def _kept(request: HttpRequest) -> list[str] | None:
    """Return the optional boxes that are still ticked; None where the page with the boxes wasn't what was sent."""
    return request.POST.getlist("keep") if "shown" in request.POST else None


def _page(request: HttpRequest, found: Found, token: str, status: HTTPStatus) -> HttpResponse:
    context = confirm_context(found, token, kept=_kept(request)) | {"changed": status == HTTPStatus.CONFLICT}
    return render(request, f"petition/confirm_{found.kind}.html", context, status=status)
