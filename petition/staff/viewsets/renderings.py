"""The form as it was shown with each set of words: to be read and saved, never changed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_required
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from petition.models import FormRendering
from petition.staff.viewsets.base import Details, ReadOnlyScreen

MAY_SEE = "petition.view_formrendering"


class RenderingDetails(Details):
    """One form as source, and the way to save it."""

    @cached_property
    def header_buttons(self):
        url = reverse("form_renderings:save", args=[self.object.pk])
        return [HeaderButton(_("Save as a file"), url=url, icon_name="download")]


def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one form as a file: this site's pages never show it as a page of their own."""
    kept = get_object_or_404(FormRendering, pk=pk)
    name = f"form-{kept.language}-{kept.made_at:%Y-%m-%d}-{kept.sha256[:12]}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(kept.html, content_type="text/html; charset=utf-8", headers=headers)


class RenderingScreen(ReadOnlyScreen):
    model = FormRendering
    name = "form_renderings"
    url_prefix = "petition/forms-as-shown"
    icon = "form"
    menu_label = _("Forms as shown")
    related = ("petition",)
    inspect_view_class = RenderingDetails
    list_filter = ["petition", "language"]
    inspect_view_fields = ["petition", "language", "made_at", "sha256", "html"]

    @cached_property
    def list_display(self):
        return [
            self.link_column("made_at", label=_("Made on")),
            Column("language", accessor="get_language_display", label=_("Language")),
            Column("petition", label=_("Petition")),
            Column("sha256", accessor=lambda kept: kept.sha256[:12], label=_("Fingerprint")),
        ]

    def get_urlpatterns(self):
        address = path("save/<int:pk>/", permission_required(MAY_SEE)(save), name="save")
        return [*super().get_urlpatterns(), address]
