"""What was sent and waits for its mailbox to confirm: to be read and found."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn

from petition.models import PendingSignature
from petition.staff import actions
from petition.staff.viewsets.filters import PendingSignatureFilters
from petition.staff.viewsets.findable import FindableScreen


class PendingSignatureScreen(FindableScreen):
    model = PendingSignature
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
        ),
        *("consents", "uuid"),
    ]

    @cached_property
    def list_display(self):
        return [
            self.name_column(),
            self.place_column(),
            self.trial_column(),
            self.petition_column(),
            DateColumn("received_at", label=_("Received on")),
        ]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("find/", actions.find_pending_signature, name="find")]
