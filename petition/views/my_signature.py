"""« Ma signature »: the page behind the personal link of every mail, to withdraw, stop the news, or erase.

It shows nobody's data, since mails are forwarded; whoever asks for them gets a link of thirty minutes by mail.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petition.errors import LinkInvalid
from petition.limits import MAILS_PER_ADDRESS_AND_DAY, client_network
from petition.links import read_personal_token
from petition.services import asking, withdrawal
from petition.services.following import Behind, follow_personal_link
from petition.views.confirm import altered_link
from petition.views.guards import only_from_our_pages, private_page, slowed_when_busy
from petition.views.sign import SeeOther

ACTS = {
    "withdraw": withdrawal.withdraw,
    "erase": withdrawal.erase,
    "stop_news": withdrawal.stop_news,
}
DONE = {
    "stop_news": "news",
    "ask": "mail",
}  # what the page says afterwards, where it doesn't say so by itself


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
@slowed_when_busy
def my_signature(request: HttpRequest, token: str) -> HttpResponse:
    """Show what can be done with the signature, without showing its data; do it when a button posts."""
    try:
        row_uuid = read_personal_token(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method == "POST":
        wanted = request.POST.get("act", "")
        if wanted == "ask":
            asking.ask_for_links(row_uuid, network=client_network(request))
        elif act := ACTS.get(wanted):
            act(row_uuid)
        done = DONE.get(wanted)
        return SeeOther(reverse("my_signature", args=[token]) + (f"?done={done}" if done else ""))
    found = follow_personal_link(row_uuid)
    context: dict = {"found": found, "row": found.row, "Behind": Behind, "done": request.GET.get("done")}
    context["mails_a_day"] = MAILS_PER_ADDRESS_AND_DAY
    if found.row is not None:
        context |= {"trial": found.row.trial, "petition": found.row.petition, "text": found.row.text}
    return render(
        request, "petition/my_signature.html", context, status=HTTPStatus.OK if found.row else HTTPStatus.GONE
    )
