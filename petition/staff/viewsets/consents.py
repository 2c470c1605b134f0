"""What people agree to: every version to be read, never changed; and the page on which the next one is written."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import HeaderButton

from petition.models import ConsentText
from petition.staff.consent_words import ConsentWordsView
from petition.staff.viewsets.base import Details, ReadOnlyScreen

MAY_REWORD = "petition.change_petition"


class ConsentDetails(Details):
    """One version, and the way to where the next one is written."""

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm(MAY_REWORD):
            return []
        url = reverse("consent_texts:words", args=[self.object.petition_id])
        return [HeaderButton(_("Edit the words of the boxes"), url=url, icon_name="edit")]


class ConsentTextScreen(ReadOnlyScreen):
    model = ConsentText
    name = "consent_texts"
    url_prefix = "petition/consents"
    icon = "doc-full"
    menu_label = _("Consent texts")
    related = ("petition",)
    inspect_view_class = ConsentDetails
    list_filter = ["petition", "purpose", "language"]
    inspect_view_fields = [
        "petition",
        "purpose",
        "language",
        "version",
        "label",
        "sentence",
        "discloses",
        "created_at",
    ]

    @cached_property
    def list_display(self):
        return [
            self.link_column("label", label=_("Label of the box")),
            Column("purpose", accessor="get_purpose_display", label=_("Purpose")),
            Column("language", accessor="get_language_display", label=_("Language")),
            Column("version", label=_("Version")),
            Column("petition", label=_("Petition")),
            DateColumn("created_at", label=_("Made on")),
        ]

    def get_urlpatterns(self):
        words = permission_required(MAY_REWORD)(ConsentWordsView.as_view())
        return [*super().get_urlpatterns(), path("words/<int:pk>/", words, name="words")]
