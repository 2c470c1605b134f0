"""Signatures: to be read, found and judged. What is signed never changes; each act has a page that asks why."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, StatusTagColumn

from petition.enums import SignatureState
from petition.models import Petition, Signature
from petition.services.invalidation import acts_on
from petition.staff import actions, judging_words, signature_history, words
from petition.staff.judging import MAY_JUDGE, JudgePage
from petition.staff.viewsets.filters import SignatureFilters
from petition.staff.viewsets.findable import PersonDetails
from petition.staff.viewsets.judgeable import JudgeableScreen, TickColumn


class SignatureDetails(PersonDetails):
    """One signature: how it stands and why, what can be done about it, what was sent, what happened."""

    template_name = "petition/staff/signature.html"

    def get_object(self, queryset=None):
        return get_object_or_404(
            Signature.objects.prefetch_related(Prefetch("petition", Petition.objects.titled())), pk=self.pk
        )

    def get_is_public_display_value(self):
        return gettext("Yes") if self.object.is_public else gettext("No")

    def get_context_data(self, **kwargs):
        signature = self.object
        buttons = []
        if self.request.user.has_perm(MAY_JUDGE):
            buttons = [
                (
                    judging_words.WORDS[act.name].button,
                    reverse("signatures:judge", args=[signature.pk, act.name]),
                )
                for act in acts_on(signature)
            ]
        return super().get_context_data(
            signature=signature,
            reasons=words.reasons(signature),
            buttons=buttons,
            history=signature_history.history_of(signature),
            returned=signature_history.returned_mails(signature),
            suppressions=signature_history.suppressions(signature),
            **kwargs,
        )


class SignatureScreen(JudgeableScreen):
    model = Signature
    name = "signatures"
    url_prefix = "petition/signatures"
    icon = "group"
    menu_label = _("Signatures")
    allowed = ("view", "judge")
    inspect_view_class = SignatureDetails
    inspect_template_name = SignatureDetails.template_name
    filterset_class = SignatureFilters
    find_url_name = "signatures:find"
    other_list_url_name = "pending_signatures:index"
    other_list_label = _("Look for it among those waiting for their confirmation")
    inspect_view_fields = [
        *("first_name", "last_name", "email", "place", "language", "petition", "text", "trial"),
        *("is_public", "consents", "uuid"),
    ]

    @cached_property
    def list_display(self):
        return [
            TickColumn(),
            self.name_column(),
            self.place_column(),
            StatusTagColumn(
                "state",
                accessor="get_state_display",
                label=_("State"),
                primary=lambda row: row.state == SignatureState.CONFIRMED,
            ),
            self.reasons_column(),
            self.trial_column(),
            self.petition_column(),
            DateColumn("confirmed_at", label=_("Confirmed on")),
        ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("find/", actions.find_signature, name="find"),
            path("<int:pk>/<str:act>/", JudgePage.as_view(), name="judge"),
        ]
