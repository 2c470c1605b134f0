"""A supporter is asked again: the link shows the words and two buttons, and only a button changes anything."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petition.context import news_context
from petition.errors import LinkExpired, LinkInvalid
from petition.links import read_news_token
from petition.services import news
from petition.views.confirm import altered_link
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def news_question(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked; record the yes, or stop the news, when a button posts. Repeats are harmless."""
    try:
        contact_uuid, in_time = _read(token)
    except LinkInvalid:
        return altered_link(request)
    if request.method != "POST":
        return _page(request, contact_uuid, in_time)
    if _act(request, contact_uuid, in_time) == news.Kept.CHANGED:
        return _page(request, contact_uuid, in_time, changed=True)
    return SeeOther(reverse("news_question", args=[token]))


def _act(request: HttpRequest, contact_uuid: UUID, in_time: bool) -> news.Kept | None:
    act = request.POST.get("act")
    if act == "keep" and in_time:
        return news.keep(contact_uuid, request.POST.get("shown"))
    if act == "stop":
        news.stop(contact_uuid)
    if act == "erase":
        news.erase(contact_uuid)
    return None


def _read(token: str) -> tuple[UUID, bool]:
    """Return whom the link names, and whether it is young enough for a yes: the way out stays open."""
    try:
        return read_news_token(token), True
    except LinkExpired as error:
        return error.link, False


def _page(request: HttpRequest, contact_uuid: UUID, in_time: bool, *, changed: bool = False) -> HttpResponse:
    question = news.question_to(contact_uuid)
    if question is None:
        return render(request, "petition/news_over.html", status=HTTPStatus.GONE)
    context = news_context(question) | {"changed": changed}
    if not in_time:
        return render(request, "petition/news_expired.html", context, status=HTTPStatus.GONE)
    if question.reason is None:
        return render(request, "petition/news_kept.html", context)
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.OK
    return render(request, "petition/news_question.html", context, status=status)
