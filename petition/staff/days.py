"""« Jour par jour »: what became of a petition's forms and mails each day, for those who may see it."""

from dataclasses import astuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from petition.services.day_by_day import SHOWN, day_by_day
from petition.staff.consent_words import petition_called

MAY_SEE_DAYS = "petition.view_petition"

# The order is that of services.day_by_day.Numbers.
COLUMNS = (
    gettext_lazy("Received"),
    gettext_lazy("Mail left"),
    gettext_lazy("Mail came back"),
    gettext_lazy("Confirmed"),
    gettext_lazy("To be looked at"),
    gettext_lazy("Set aside"),
    gettext_lazy("Withdrawn"),
    gettext_lazy("Never confirmed"),
)


class DaysPage(WagtailAdminTemplateMixin, View):
    """The last sixty days of one petition, to be read."""

    http_method_names = ["get", "head"]
    header_icon = "calendar"
    page_title = gettext_lazy("Day by day")
    template_name = "petition/staff/days.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.petition = petition_called(pk)
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self) -> str:
        return str(self.petition)

    def get_breadcrumbs_items(self):
        edit = {"url": reverse("petitions:edit", args=[self.petition.pk]), "label": str(self.petition)}
        petitions = {"url": reverse("petitions:index"), "label": _("Petitions")}
        return [*self.breadcrumbs_items, petitions, edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        found = day_by_day(self.petition)
        return super().get_context_data(
            petition=self.petition,
            found=found,
            columns=COLUMNS,
            days=[(day, astuple(numbers)) for day, numbers in found.days] if found else [],
            total=astuple(found.total) if found else (),
            shown=SHOWN,
            **kwargs,
        )
