"""The end of a petition: delivered, not delivered after all, its names kept longer; each a page that asks first."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import HelpPanel
from wagtail.admin.widgets import AdminDateInput

from petition.enums import PetitionState
from petition.errors import PostponementRefused
from petition.models import Petition, Signature
from petition.notice import told_numbers
from petition.services.closing import waiting_for_confirmation
from petition.services.delivering import deliver, take_delivery_back
from petition.services.ending import end_of_names, erased_from, warnings_about
from petition.services.postponing import latest_day, postpone
from petition.staff.life import StepPage

DELIVER = "petition.deliver"
TAKE_DELIVERY_BACK = "petition.take_delivery_back"
POSTPONE = "petition.postpone_end_of_names"


class DeliveryForm(forms.Form):
    """The day of delivery."""

    day = forms.DateField(label=gettext_lazy("Delivered on"), widget=AdminDateInput)

    def __init__(self, petition: Petition, data=None):
        super().__init__(data, initial={"day": timezone.localdate()})
        self.petition = petition

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies ahead: write the delivery down once it has taken place."))
        if self.petition.opened_at and day < timezone.localdate(self.petition.opened_at):
            raise ValidationError(_("This day lies before the opening."))
        return day


class PostponementForm(forms.Form):
    """Until when names are kept, and why."""

    until = forms.DateField(label=gettext_lazy("Erase the names on"), widget=AdminDateInput)
    why = forms.CharField(
        label=gettext_lazy("Why they are needed longer"),
        max_length=300,
        strip=True,
        help_text=gettext_lazy(
            "Shown on the petition's page, and kept with your name and the date. Don't write anybody else's name here."
        ),
    )


class FormPage(StepPage):
    """A step that asks for something first."""

    def get_context_data(self, form: forms.Form | None = None, **kwargs):
        shown = form or self.make_form()
        return super().get_context_data(form=shown, media=shown.media, **kwargs)

    def make_form(self, data=None) -> Any:
        raise NotImplementedError

    def show_again(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DeliverPage(FormPage):
    """« Remise »: on which day, what it does, and the button."""

    state = PetitionState.CLOSED
    page_title = gettext_lazy("The petition has been delivered")
    too_late = gettext_lazy("Only a closed petition can be delivered.")
    template_name = "petition/staff/deliver.html"

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show_again(form)
        day = form.cleaned_data["day"]
        if not deliver(self.petition, day):
            return self.lead_back(self.too_late)
        return self.done(DELIVER, _("The delivery is written down."), day=day.isoformat())

    def make_form(self, data=None) -> DeliveryForm:
        return DeliveryForm(self.petition, data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            waiting=waiting_for_confirmation(self.petition),
            to_look_at=Signature.objects.to_be_looked_at().filter(petition=self.petition).count(),
            to_look_at_url=reverse("to_look_at:index", query={"petition": self.petition.pk}),
            numbers=told_numbers(),
            **kwargs,
        )


class TakeDeliveryBackPage(StepPage):
    """« Pas remise, finalement »: a closed petition again."""

    state = PetitionState.DELIVERED
    page_title = gettext_lazy("Not delivered after all")
    too_late = gettext_lazy("This petition is not delivered, or its names are erased already.")
    template_name = "petition/staff/take_delivery_back.html"

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        if not take_delivery_back(self.petition):
            return self.lead_back(self.too_late)
        return self.done(TAKE_DELIVERY_BACK, _("The petition is a closed one again."))


class PostponePage(FormPage):
    """« Conserver les noms plus longtemps »: until when, and why."""

    page_title = gettext_lazy("Keep the names longer")
    too_late = gettext_lazy("No name under this petition is due to be erased.")
    template_name = "petition/staff/postpone.html"

    def is_its_time(self) -> bool:
        return self.petition.opened_at is not None and self.petition.blanked_at is None

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show_again(form)
        until, why = form.cleaned_data["until"], form.cleaned_data["why"]
        try:
            postpone(self.petition, until, why)
        except PostponementRefused as refusal:
            form.add_error("until", str(refusal))
            return self.show_again(form)
        return self.done(POSTPONE, _("The names are kept longer."), until=until.isoformat(), why=why)

    def make_form(self, data=None) -> PostponementForm:
        return PostponementForm(data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            end=end_of_names(self.petition),
            latest=latest_day(),
            kept_why=self.petition.names_kept_why,
            **kwargs,
        )


class EndPanel(HelpPanel):
    """When the names under a petition end, who was warned, and the way to keep them longer; nothing before it opens."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            petition = self.instance
            return super().get_context_data(parent_context) | {
                "petition": petition,
                "end": end_of_names(petition),
                "erased_from": erased_from(petition),
                "warnings": warnings_about(petition),
            }
