"""« Ce n'est pas moi »: the page that deletes and blocks, and the page that lifts the block."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from petition.errors import LinkInvalid
from petition.links import confirm_token, personal_token, read_not_me_token, read_unblock_token
from petition.services import blocking
from petition.services.following import Behind, Found, follow_personal_link
from petition.views.confirm import altered_link
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import SeeOther

# What the page says; where nothing is named here, the mailbox has confirmed.
WAYS_OUT = {
    Behind.WAITING: "waiting",
    Behind.CLOSED: "waiting",
    Behind.GONE: "done",
    Behind.WITHDRAWN: "done",
}


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the button does; delete what waits and block the mailbox when it posts. Repeats are harmless."""
    try:
        row_uuid = read_not_me_token(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method == "POST":
        blocking.say_not_me(row_uuid)
        return SeeOther(reverse("not_me", args=[token]))
    found = follow_personal_link(row_uuid)
    context = _about(found) | {"way": WAYS_OUT.get(found.kind, "confirmed")}
    if found.row is not None:
        context["personal_token"] = personal_token(row_uuid)
    status = HTTPStatus.OK if found.row else HTTPStatus.GONE
    return render(request, "petition/not_me.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def unblock(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is blocked until when; lift the block when the button posts, and go on to the page that confirms."""
    try:
        link = read_unblock_token(token)
    except LinkInvalid:
        return altered_link(request)
    onwards = reverse("confirm", args=[confirm_token(link.uuid, link.nonce)])
    if request.method == "POST":
        blocking.lift(link)
        return SeeOther(onwards)
    pending = blocking.tried(link)
    block = blocking.block_on(pending, timezone.now()) if pending else None
    if pending is None or block is None:
        return redirect(onwards)
    return render(
        request, "petition/unblock.html", _about(Found(Behind.WAITING, pending)) | {"until": block.until}
    )


def _about(found: Found) -> dict:
    if found.row is None:
        return {}
    return {"trial": found.row.trial, "petition": found.row.petition, "text": found.row.text}
