"""What was sent and waits for its mailbox to confirm: to be read and found."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn

from petition.models import PendingSignature
from petition.staff import actions, returned_mail
from petition.staff.resend import ResendPage, buttons_of_list, buttons_of_row
from petition.staff.viewsets.filters import PendingSignatureFilters
from petition.staff.viewsets.findable import FindableListing, FindableScreen, MarkColumn, PersonDetails


class PendingListing(FindableListing):
    """What waits, with a mark where no mail can reach its mailbox."""

    def get_base_queryset(self):
        return returned_mail.marked(super().get_base_queryset())

    @cached_property
    def header_buttons(self):
        ours = [] if self.mailbox else buttons_of_list(self.request)  # of one mailbox, its own page offers it
        return [*super().header_buttons, *ours]


class PendingDetails(PersonDetails):
    """One that waits, with what came back for its mails."""

    labels = {**PersonDetails.labels, "returned_mail": _("Mails that came back")}

    @cached_property
    def header_buttons(self):
        return buttons_of_row(self.request, self.object.pk)

    def get_returned_mail_display_value(self):
        return returned_mail.in_words(self.object.email_key) or "–"


class PendingSignatureScreen(FindableScreen):
    model = PendingSignature
    index_view_class = PendingListing
    inspect_view_class = PendingDetails
    name = "pending_signatures"
    url_prefix = "petition/pending"
    icon = "time"
    menu_label = _("Waiting for confirmation")
    filterset_class = PendingSignatureFilters
    find_url_name = "pending_signatures:find"
    other_list_url_name = "signatures:index"
    other_list_label = _("Look for it among the signatures")
    inspect_view_fields = [
        *(
            "first_name",
            "last_name",
            "email",
            "place",
            "language",
            "petition",
            "text",
            "trial",
            "reasons",
            "received_at",
            "mailed_at",
            "reminded_at",
            "resent_at",
            "returned_mail",
        ),
        *("consents", "uuid"),
    ]

    @cached_property
    def list_display(self):
        return [
            self.name_column(),
            self.place_column(),
            self.trial_column(),
            MarkColumn("is_not_written_to", mark=_("Mail does not arrive"), label=_("Mail")),
            self.petition_column(),
            DateColumn("received_at", label=_("Received on")),
        ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("find/", actions.find_pending_signature, name="find"),
            path("resend/", ResendPage.as_view(), name="resend"),
            path("<int:pk>/resend/", ResendPage.as_view(), name="resend_one"),
        ]
