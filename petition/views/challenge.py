"""What a browser is given to work out, for the form that it shows."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from petition import crowd
from petition.captcha import altcha
from petition.captcha import ticket as tickets
from petition.errors import TicketExpired, TicketInvalid
from petition.limits import client_network


@require_safe
def challenge(request: HttpRequest) -> JsonResponse:
    """Answer with a challenge for the form whose ticket is named; nothing is stored, and nobody may keep the answer.

    400 without a good ticket, 429 where a network asks too often: the page then says that the form can be sent all
    the same.
    """
    ticket = request.GET.get("ticket", "")
    if not crowd.may_ask(client_network(request), timezone.now()):
        return _answer({"error": _("Too many from your network.")}, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        tickets.read(ticket)
    except (TicketInvalid, TicketExpired):
        return _answer({"error": _("Unknown form.")}, HTTPStatus.BAD_REQUEST)
    return _answer(altcha.new_challenge(ticket), HTTPStatus.OK)


def _answer(content: dict, status: HTTPStatus) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
