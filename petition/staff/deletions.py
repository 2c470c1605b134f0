"""What is deleted by the clock, as staff read it: what would go now, and a warning where it hasn't run for a day."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from campaign.outbox import registry
from campaign.outbox.health import late_deletions, worker_silent_since
from petition.staff.schedule_words import LABELS

MAY_SEE = "outbox.view_scheduledrun"
MAY_SEE_PETITIONS = "petition.view_petition"


@dataclass(frozen=True)
class WouldGo:
    """One deletion, and what it would do at this moment."""

    label: object
    report: str


class DeletionsView(WagtailAdminTemplateMixin, View):
    """What each deletion would do now; reading it changes nothing."""

    template_name = "petition/staff/deletions.html"
    page_title = gettext_lazy("What would be deleted now")
    header_icon = "cogs"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        told = [
            WouldGo(LABELS.get(known.name, known.name), known.function(dry_run=True) or "")
            for known in registry.deletions()
        ]
        return self.render_to_response(self.get_context_data(deletions=told))

    def get_breadcrumbs_items(self):
        clockwork = {"url": reverse("clockwork:index"), "label": _("Clockwork")}
        return [*self.breadcrumbs_items, clockwork, {"url": "", "label": self.page_title}]


class LateDeletionsPanel(Component):
    """What should have been deleted and wasn't; worked out as the page is read: it shows without a worker."""

    name = "late_deletions"
    template_name = "petition/staff/late_deletions.html"
    order = 10

    def get_context_data(self, parent_context=None):
        late = [(LABELS.get(run.name, run.name), run) for run in late_deletions()]
        return {"late": late, "silent_since": worker_silent_since() if late else None}


def add_late_deletions(request: HttpRequest, panels: list) -> None:
    """Put the warning on the dashboard of those who look after petitions."""
    if request.user.has_perm(MAY_SEE_PETITIONS):
        panels.append(LateDeletionsPanel())
