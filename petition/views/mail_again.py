"""Ask for a mail again by giving an address: the same answer for all."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from petition import limits
from petition.errors import TooManyFromNetwork
from petition.forms import MailboxForm
from petition.services import asking
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import TOO_MANY, SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def mail_again(request: HttpRequest) -> HttpResponse:
    """Take an address and owe it whatever mail it is due."""
    if request.method != "POST":
        return _page(request, MailboxForm(), HTTPStatus.OK)
    form = MailboxForm(request.POST)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        asking.ask_by_address(form.cleaned_data["email"], network=limits.client_network(request))
    except TooManyFromNetwork:
        form.add_error(None, TOO_MANY)
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return SeeOther(reverse("mail_sent"))


@require_safe
@private_page
def mail_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way if the address has signed; the same for all."""
    return render(request, "petition/mail_sent.html")


def _page(request: HttpRequest, form: MailboxForm, status: HTTPStatus) -> HttpResponse:
    return render(request, "petition/mail_again.html", {"form": form}, status=status)
