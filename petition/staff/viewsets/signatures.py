"""Signatures: to be read and found. What changes them is an act of its own, with a reason, elsewhere."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, StatusTagColumn

from petition.enums import SignatureState
from petition.models import Signature
from petition.staff import actions
from petition.staff.viewsets.filters import SignatureFilters
from petition.staff.viewsets.findable import FindableScreen


class SignatureScreen(FindableScreen):
    model = Signature
    name = "signatures"
    url_prefix = "petition/signatures"
    icon = "group"
    menu_label = _("Signatures")
    filterset_class = SignatureFilters
    find_url_name = "signatures:find"
    other_list_url_name = "pending_signatures:index"
    other_list_label = _("Look for it among those waiting for their confirmation")
    inspect_view_fields = [
        *(
            "first_name",
            "last_name",
            "email",
            "place",
            "language",
            "petition",
            "text",
            "state",
            "trial",
            "reasons",
        ),
        *("received_at", "confirmed_at", "consents", "uuid"),
    ]

    @cached_property
    def list_display(self):
        return [
            self.name_column(),
            self.place_column(),
            StatusTagColumn(
                "state",
                accessor="get_state_display",
                label=_("State"),
                primary=lambda row: row.state == SignatureState.CONFIRMED,
            ),
            self.trial_column(),
            self.petition_column(),
            DateColumn("confirmed_at", label=_("Confirmed on")),
        ]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("find/", actions.find_signature, name="find")]
