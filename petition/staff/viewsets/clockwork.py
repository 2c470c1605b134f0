"""What the worker does by the clock: when it last did it, and what it said."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import HeaderButton

from campaign.outbox.models import ScheduledRun
from petition.staff.deletions import MAY_SEE, DeletionsView
from petition.staff.schedule_words import LABELS
from petition.staff.viewsets.base import Listing, Screen


class ClockworkListing(Listing):
    """The runs by the clock, with the way to what the next ones would delete."""

    @cached_property
    def header_buttons(self):
        label = _("What would be deleted now")
        return [HeaderButton(label, url=reverse("clockwork:deletions"), icon_name="bin")]


class ClockworkScreen(Screen):
    model = ScheduledRun
    name = "clockwork"
    url_prefix = "petition/clockwork"
    icon = "cogs"
    menu_label = _("Clockwork")
    allowed = ("view",)
    views = ("index", "index_results")
    index_view_class = ClockworkListing

    @cached_property
    def list_display(self):
        return [
            Column("name", accessor=lambda run: LABELS.get(run.name, run.name), label=_("What")),
            DateColumn("last_started", label=_("Last begun")),
            DateColumn("last_ended", label=_("Last ended")),
            DateColumn("failed_at", label=_("Failed on")),
            Column("report", label=_("Report"), classname="delivery__error"),
        ]

    def get_urlpatterns(self):
        page = permission_required(MAY_SEE)(DeletionsView.as_view())
        return [*super().get_urlpatterns(), path("deletions/", page, name="deletions")]
