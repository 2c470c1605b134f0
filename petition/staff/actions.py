"""What staff do beside reading: each act is a POST, asks for its permission, calls a service and is logged."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.log_actions import log

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask
from petition.email_address import email_key
from petition.services import forgetting
from petition.staff import words

TRY_AGAIN = "outbox.try_again"
TRY_ALL_AGAIN = "outbox.try_all_again"
DONE_BY_HAND = "outbox.done_by_hand"


@permission_required("petition.view_signature")
@require_POST
def find_signature(request: HttpRequest) -> HttpResponse:
    """Lead to the signatures of one e-mail address, typed in any spelling."""
    return _find(request, "signatures:index")


@permission_required("petition.view_pendingsignature")
@require_POST
def find_pending_signature(request: HttpRequest) -> HttpResponse:
    """Lead to what one e-mail address sent and has not confirmed."""
    return _find(request, "pending_signatures:index")


@permission_required("petition.view_contact")
@require_POST
def find_contact(request: HttpRequest) -> HttpResponse:
    """Lead to the supporter of one e-mail address."""
    return _find(request, "contacts:index")


@permission_required("petition.view_suppression")
@require_POST
def find_not_written_to(request: HttpRequest) -> HttpResponse:
    """Lead to what keeps one e-mail address from being written to."""
    return _find(request, "not_written_to:index")


@permission_required("outbox.change_outboxtask")
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one delivery due now, with all attempts before it."""
    task = get_object_or_404(forgetting.for_another_try(OutboxTask.objects.owed()), pk=pk)
    with transaction.atomic():
        if queue.try_again(task):
            log(task, TRY_AGAIN, user=request.user, title=_title(task))
    messages.success(request, _("“%(kind)s” will be tried again now.") % {"kind": words.delivery(task)})
    return redirect("deliveries:index")


@permission_required("outbox.change_outboxtask")
@require_POST
def try_all_again(request: HttpRequest) -> HttpResponse:
    """Make every failed delivery due now, but those that only hands can do.

    One line in the log, on the newest of them, says how many there were.
    """
    failed = forgetting.for_another_try(OutboxTask.objects.failed())
    newest = failed.order_by("-pk").first()
    if newest is None:
        messages.info(request, _("No delivery has failed."))
        return redirect("deliveries:index")
    with transaction.atomic():
        number = queue.try_again(failed)
        log(newest, TRY_ALL_AGAIN, user=request.user, title=_title(newest), data={"number": number})
    messages.success(
        request,
        ngettext(
            "%(number)s delivery will be tried again now.",
            "%(number)s deliveries will be tried again now.",
            number,
        )
        % {"number": number},
    )
    return redirect("deliveries:index")


@permission_required("outbox.change_outboxtask")
@require_POST
def done_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Take for done what a list has not confirmed and somebody has done there by hand."""
    task = get_object_or_404(forgetting.left_to_hands(OutboxTask.objects.all()), pk=pk)
    with transaction.atomic():
        if forgetting.deleted_by_hand(task):
            log(task, DONE_BY_HAND, user=request.user, title=_title(task))
    messages.success(request, _("“%(kind)s” is taken for done.") % {"kind": words.delivery(task)})
    return redirect("deliveries:index")


def _find(request: HttpRequest, index_url_name: str) -> HttpResponse:
    address = request.POST.get("email", "").strip()
    try:
        validate_email(address)
    except ValidationError:
        messages.error(request, _("Type the whole e-mail address, such as name@example.org."))
        return redirect(index_url_name)
    return redirect(f"{reverse(index_url_name)}?{urlencode({'mailbox': email_key(address)})}")


def _title(task: OutboxTask) -> str:
    return f"{words.delivery(task)} ({task.pk})"
