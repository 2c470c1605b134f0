"""« Envois en attente »: what is owed to the outside world and has not left, with its last error and "try again"."""

from django.db.models import F
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from campaign.outbox import registry
from campaign.outbox.models import OutboxTask, TaskState
from petition.staff import actions
from petition.staff.viewsets.base import Listing, Screen

MAY_TRY_AGAIN = "outbox.change_outboxtask"


class TryAgainColumn(Column):
    """A button that asks for another try, for those who may."""

    cell_template_name = "petition/staff/try_again_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        context["csrf_token"] = get_token(request)  # a table passes the request on, and not its token
        context["is_shown"] = request.user.has_perm(MAY_TRY_AGAIN)
        return context


def next_try(task: OutboxTask) -> str:
    """Return when a delivery is tried next; nothing for one that was given up."""
    if task.failed_at:
        return ""
    if task.due <= timezone.now():
        return gettext("now")
    return date_format(timezone.localtime(task.due), "SHORT_DATETIME_FORMAT")


class DeliveryListing(Listing):
    """What is owed: failures first, then by the moment of the next try."""

    template_name = "petition/staff/deliveries.html"

    def get_base_queryset(self):
        # Two halves, each with an index of its own: done tasks of the last week are many more than these.
        owed = OutboxTask.objects.active() | OutboxTask.objects.failed()
        return owed.order_by(F("failed_at").desc(nulls_last=True), "due", "pk")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context["may_try_again"] = self.request.user.has_perm(MAY_TRY_AGAIN)
        context["failed_count"] = OutboxTask.objects.failed().count()
        return context


class DeliveryScreen(Screen):
    model = OutboxTask
    name = "deliveries"
    url_prefix = "petition/deliveries"
    icon = "mail"
    menu_label = _("Waiting deliveries")
    allowed = ("view", "change")
    views = ("index", "index_results")
    index_view_class = DeliveryListing

    @cached_property
    def list_display(self):
        return [
            Column("kind", accessor=lambda task: registry.label(task.kind), label=_("What")),
            StatusTagColumn(
                "state",
                accessor=lambda task: task.state.label,
                label=_("State"),
                primary=lambda task: task.state == TaskState.FAILED,
            ),
            DateColumn("created_at", label=_("Since")),
            Column("attempts", label=_("Tries")),
            Column("due", accessor=next_try, label=_("Next try")),
            Column("last_error", label=_("Last error"), classname="delivery__error"),
            TryAgainColumn("try_again", label="", accessor="pk"),
        ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("try-again/<int:pk>/", actions.try_again, name="try_again"),
            path("try-again/", actions.try_all_again, name="try_all_again"),
        ]
