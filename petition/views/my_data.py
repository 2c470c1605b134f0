"""The page of thirty minutes: all that is held of somebody, to read, correct, choose anew, take along, or take back."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from petition.context import own_data_context
from petition.errors import LinkExpired, LinkInvalid
from petition.forms import NameForm
from petition.limits import client_network
from petition.links import personal_token, read_change_token
from petition.services import asking, changing, own_file, withdrawal
from petition.services.changing import Chosen
from petition.services.own_data import OwnData, own_data
from petition.views.confirm import altered_link
from petition.views.guards import only_from_our_pages, private_page, slowed_when_busy
from petition.views.sign import SeeOther

FILES: dict[str, tuple[Callable[[OwnData], bytes], str]] = {
    "json": (own_file.as_json, "application/json"),
    "csv": (own_file.as_csv, "text/csv; charset=utf-8"),
}
LEAVING = {"withdraw": withdrawal.withdraw, "erase": withdrawal.erase}
DONE = ("name", "choices", "news")  # what the page may say was done; anything else it passes over


@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@only_from_our_pages
@slowed_when_busy
def my_data(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything that is held; do what a button posts, and say so on the next page."""
    try:
        row_uuid = read_change_token(token)
    except LinkExpired as error:
        return _expired(request, token, error.link)
    except LinkInvalid:
        return altered_link(request)
    if request.method == "POST":
        return _act(request, token, row_uuid)
    return _page(request, token, row_uuid)


@require_safe
@private_page
def my_file(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Hand over everything as a file, whose name says nothing of anybody."""
    try:
        data = own_data(read_change_token(token))
    except LinkExpired:
        return redirect("my_data", token)
    except LinkInvalid:
        return altered_link(request)
    if kind not in FILES:
        raise Http404
    if data is None:
        return redirect("my_data", token)
    write, content_type = FILES[kind]
    response = HttpResponse(write(data), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="signature.{kind}"'
    return response


def _act(request: HttpRequest, token: str, row_uuid: UUID) -> HttpResponse:
    act = request.POST.get("act", "")
    if act in LEAVING:
        LEAVING[act](row_uuid)
        return SeeOther(reverse("my_signature", args=[personal_token(row_uuid)]))
    if act == "name":
        form = NameForm(request.POST)
        if not form.is_valid():
            return _page(request, token, row_uuid, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        changing.correct_name(row_uuid, **form.cleaned_data)
        return _done(token, "name")
    if act == "choices":
        wanted, shown = set(request.POST.getlist("keep")), set(request.POST.get("shown", "").split())
        if changing.choose(row_uuid, wanted=wanted, shown=shown) == Chosen.CHANGED:
            return _page(request, token, row_uuid, changed=True, status=HTTPStatus.CONFLICT)
        return _done(token, "choices")
    if act == "stop_news":
        withdrawal.stop_news(row_uuid)
        return _done(token, "news")
    return SeeOther(reverse("my_data", args=[token]))


def _done(token: str, what: str) -> HttpResponse:
    return SeeOther(f"{reverse('my_data', args=[token])}?done={what}")


def _page(
    request: HttpRequest,
    token: str,
    row_uuid: UUID,
    *,
    form: NameForm | None = None,
    changed: bool = False,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    data = own_data(row_uuid)
    if data is None:  # withdrawn, erased or blanked: the personal page says which
        return SeeOther(reverse("my_signature", args=[personal_token(row_uuid)]))
    context = own_data_context(data, token) | {"changed": changed}
    context["form"] = form or NameForm(
        initial={"first_name": data.row.first_name, "last_name": data.row.last_name}
    )
    done = request.GET.get("done")
    context["done"] = done if done in DONE and request.method != "POST" else None
    return render(request, "petition/my_data.html", context, status=status)


def _expired(request: HttpRequest, token: str, row_uuid: UUID) -> HttpResponse:
    """Say that the link is too old, and send a fresh one to the address that it was sent to."""
    if request.method == "POST":
        asking.ask_for_links(row_uuid, network=client_network(request))
        return SeeOther(reverse("mail_sent"))
    return render(request, "petition/my_data_expired.html", {"token": token}, status=HTTPStatus.GONE)
