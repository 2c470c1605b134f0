"""What the worker does by the clock: when it last did it, and what it said."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from campaign.outbox.models import ScheduledRun
from petition.staff.viewsets.base import Screen

LABELS = {
    "worker": _("The worker's last sign of life"),
    "publish_scheduled": _("Publish and take down pages on time"),
    "expire_signatures": _("Delete what was never confirmed"),
    "close_petitions": _("Close petitions on time"),
    "recount": _("Compare the count with the signatures"),
    "retire_contacts": _("Ask supporters after years, and delete those who don't answer"),
    "purge_done_tasks": _("Clear away deliveries done a week ago"),
}


class ClockworkScreen(Screen):
    model = ScheduledRun
    name = "clockwork"
    url_prefix = "petition/clockwork"
    icon = "cogs"
    menu_label = _("Clockwork")
    allowed = ("view",)
    views = ("index", "index_results")

    @cached_property
    def list_display(self):
        return [
            Column("name", accessor=lambda run: LABELS.get(run.name, run.name), label=_("What")),
            DateColumn("last_started", label=_("Last begun")),
            DateColumn("last_ended", label=_("Last ended")),
            DateColumn("failed_at", label=_("Failed on")),
            Column("report", label=_("Report"), classname="delivery__error"),
        ]
