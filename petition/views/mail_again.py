"""Ask for a mail again by giving an address: the same answer for all."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from petition.forms import MailboxForm
from petition.services import asking
from petition.views.guards import only_from_our_pages, private_page
from petition.views.sign import SeeOther


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
def mail_again(request: HttpRequest) -> HttpResponse:
    """Take an address and owe it whatever mail it is due."""
    form = MailboxForm(request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
        return render(request, "petition/mail_again.html", {"form": form}, status=status)
    asking.ask_by_address(form.cleaned_data["email"])
    return SeeOther(reverse("mail_sent"))


@private_page
def mail_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way if the address has signed; the same for all."""
    return render(request, "petition/mail_sent.html")
