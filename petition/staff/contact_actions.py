"""What staff do about supporters whom the list has not taken: have it asked once more."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.log_actions import log

from petition.models import Contact
from petition.models.contact import UNSETTLED
from petition.services import subscription
from petition.staff.supporters import to_be_tried_again

MAY_TRY_AGAIN = "petition.change_contact"
ASK_LIST_AGAIN = "contact.ask_list_again"
ASK_LIST_AGAIN_FOR_ALL = "contact.ask_list_again_for_all"


@permission_required(MAY_TRY_AGAIN)
@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the list told of one supporter again."""
    contact = get_object_or_404(Contact, pk=pk, provider_state__in=UNSETTLED)
    with transaction.atomic():
        if subscription.try_again(Contact.objects.filter(pk=pk)):
            log(contact, ASK_LIST_AGAIN, user=request.user)
    messages.success(request, _("The list is asked again now."))
    return redirect("contacts:index")


@permission_required(MAY_TRY_AGAIN)
@require_POST
def try_all_again(request: HttpRequest) -> HttpResponse:
    """Have the list told again of all who wait or were refused; one line in the log, on the newest of them."""
    newest = to_be_tried_again().order_by("-pk").first()
    if newest is None:
        messages.info(request, _("Nobody waits, and nobody was refused."))
        return redirect("contacts:index")
    with transaction.atomic():
        number = subscription.try_again(to_be_tried_again())
        log(newest, ASK_LIST_AGAIN_FOR_ALL, user=request.user, data={"number": number})
    messages.success(
        request,
        ngettext(
            "The list is asked again now for %(number)s supporter.",
            "The list is asked again now for %(number)s supporters.",
            number,
        )
        % {"number": number},
    )
    return redirect("contacts:index")
