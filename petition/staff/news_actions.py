"""What staff do about supporters whose words don't name the list that is on: ask them."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.log_actions import log

from petition import mailing
from petition.models import ServiceSettings
from petition.services import news

ASK_SUPPORTERS = "services.ask_supporters"


@permission_required("petition.change_servicesettings")
@require_POST
def ask_supporters_again(request: HttpRequest) -> HttpResponse:
    """Owe a mail to each supporter whose words don't name the list that is on; the log says how many there were."""
    with transaction.atomic():
        number = news.ask_those_not_named()
        row = ServiceSettings.objects.first()
        if number and row is not None:
            data = {"number": number, "list": mailing.chosen().name}
            log(row, ASK_SUPPORTERS, user=request.user, title=_("Services"), data=data)
    if not number:
        messages.info(request, _("Everybody has been asked already, or agreed to words that name the list."))
        return redirect("services:index")
    messages.success(
        request,
        ngettext(
            "%(number)s supporter will be asked by e-mail.",
            "%(number)s supporters will be asked by e-mail.",
            number,
        )
        % {"number": number},
    )
    return redirect("services:index")
