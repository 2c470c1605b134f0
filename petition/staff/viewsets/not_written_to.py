"""« Adresses auxquelles on n'écrit plus »: why nothing leaves for an address, and letting it be written to again.

The table knows fingerprints alone, so an address is found by being typed, and nobody can read a list of addresses.
"""

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from campaign.outbox.errors import scrub
from petition.enums import SuppressionReason
from petition.models import Bounce, Suppression
from petition.services import bounce_feed, returning
from petition.staff import actions
from petition.staff.viewsets.base import Screen
from petition.staff.viewsets.findable import FINGERPRINT, MAILBOX

LIFT = "suppression.lift"
MAY_LIFT = "petition.change_suppression"
REASON_LENGTH = 200
SHOWN = 20  # reports of one mailbox: what is older explains nothing any more


class NotWrittenToView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """How many addresses are left alone and why; of one that was typed, what came back and what is in force."""

    any_permission_required = ["view"]
    model = Suppression
    permission_policy = None
    index_url_name = ""
    header_icon = "warning"
    page_title = _("Addresses no longer written to")
    template_name = "petition/staff/not_written_to.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            numbers=numbers_in_force(),
            silent_since=bounce_feed.silent_since(),
            **self.found(self.request.GET.get(MAILBOX, "")),
            **kwargs,
        )

    def found(self, key: str) -> dict:
        """Return what is known of the mailbox with this fingerprint; nothing where none was looked for."""
        if not FINGERPRINT.fullmatch(key):
            return {"mailbox": ""}
        held = list(in_force().filter(email_key=key).order_by("pk"))
        may_lift = self.request.user.has_perm(MAY_LIFT)
        return {
            "mailbox": key,
            "held": held,
            "returned": Bounce.objects.filter(email_key=key).order_by("-happened_at")[:SHOWN],
            "can_be_lifted": may_lift and any(row.reason in returning.MAY_BE_LIFTED for row in held),
            "reason_length": REASON_LENGTH,
        }


def in_force():
    """Return what forbids mail at this moment."""
    return Suppression.objects.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))


def numbers_in_force() -> list[tuple[str, int]]:
    """Return how many are in force for each reason, in words; those without any left out."""
    counted = dict(in_force().values_list("reason").annotate(number=Count("pk")).order_by())
    return [(str(reason.label), counted[reason]) for reason in SuppressionReason if counted.get(reason)]


@permission_required(MAY_LIFT)
@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Let one mailbox be written to again; who and why stand in the site's history, the address nowhere."""
    key, reason = request.POST.get(MAILBOX, ""), request.POST.get("reason", "").strip()
    if not FINGERPRINT.fullmatch(key):
        return redirect("not_written_to:index")
    back = f"{reverse('not_written_to:index')}?{MAILBOX}={key}"
    if not reason:
        messages.error(request, gettext("Say why: it is kept with your name and the date."))
        return redirect(back)
    with transaction.atomic():
        row = Suppression.objects.filter(email_key=key, reason__in=returning.MAY_BE_LIFTED).first()
        if row is not None and returning.lift(key):
            data = {"reason": scrub(reason)[:REASON_LENGTH]}
            title = gettext("An address whose mail came back")
            log(row, LIFT, user=request.user, title=title, data=data)
            messages.success(request, gettext("This address is written to again from now on."))
    return redirect(back)


class NotWrittenToScreen(Screen):
    model = Suppression
    name = "not_written_to"
    url_prefix = "petition/not-written-to"
    icon = "warning"
    menu_label = _("Addresses no longer written to")
    allowed = ("view", "change")
    views = ("index",)
    index_view_class = NotWrittenToView

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(NotWrittenToView), name="index"),
            path("find/", actions.find_not_written_to, name="find"),
            path("lift/", lift, name="lift"),
        ]
