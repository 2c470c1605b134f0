"""« Envois en attente »: what is owed to the outside world and has not left, with its last error and "try again"."""

from django.db.models import F
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from campaign.outbox.models import OutboxTask, TaskState
from petition.enums import Refusal
from petition.errors import ProviderError
from petition.services import forgetting
from petition.staff import actions, words
from petition.staff.viewsets.base import Listing, Screen
from petition.staff.viewsets.buttons import ButtonColumn, Press

MAY_TRY_AGAIN = "outbox.change_outboxtask"


def press(task: OutboxTask) -> Press:
    """Another try; or, where none can help, the word that somebody has done it by hand."""
    if forgetting.is_left_to_hands(task):
        return gettext("It is done"), reverse("deliveries:done_by_hand", args=[task.pk])
    return gettext("Try again"), reverse("deliveries:try_again", args=[task.pk])


def what_happened(task: OutboxTask) -> str:
    """Return the last error; with whom it is about, and how to tell who it is, where only staff can go on."""
    if not forgetting.is_left_to_hands(task):
        return _in_words(task.last_error)
    return gettext(
        "%(error)s The person's fingerprint is %(fingerprint)s: look for an address among the contacts, and the same "
        "fingerprint stands in the address of the page that opens."
    ) % {"error": task.last_error, "fingerprint": task.subject}


def _in_words(last_error: str) -> str:
    """Return an error as it was kept; a list's refusal, kept as a code, in the reader's words."""
    code, _space, said = last_error.removeprefix(f"{ProviderError.__name__}: ").partition(" ")
    words = dict(Refusal.choices).get(code)
    return f"{words} {said}".strip() if words else last_error


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
        context["failed_count"] = forgetting.for_another_try(OutboxTask.objects.failed()).count()
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
            Column("kind", accessor=words.delivery, label=_("What")),
            StatusTagColumn(
                "state",
                accessor=lambda task: task.state.label,
                label=_("State"),
                primary=lambda task: task.state == TaskState.FAILED,
            ),
            DateColumn("created_at", label=_("Since")),
            Column("attempts", label=_("Tries")),
            Column("due", accessor=next_try, label=_("Next try")),
            Column("last_error", accessor=what_happened, label=_("Last error"), classname="delivery__error"),
            ButtonColumn("act", may=MAY_TRY_AGAIN, press=press),
        ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("try-again/<int:pk>/", actions.try_again, name="try_again"),
            path("try-again/", actions.try_all_again, name="try_all_again"),
            path("done-by-hand/<int:pk>/", actions.done_by_hand, name="done_by_hand"),
        ]
