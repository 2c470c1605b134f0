"""A petition's life, step by step: pages that say what opening, closing and opening again do, and do it."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from petition.enums import PetitionState
from petition.errors import NothingToSign
from petition.services.checklist import Check, opening_checks
from petition.services.closing import close_petition, reopen_petition, waiting_for_confirmation
from petition.services.opening import open_petition, trials_of
from petition.services.texts import texts_by_language
from petition.staff.consent_words import petition_called

OPEN = "petition.open"
CLOSE = "petition.close"
REOPEN = "petition.reopen"
MAY_CHANGE = "petition.change_petition"


@dataclass(frozen=True)
class Readiness:
    """The points to look at before opening, and what they allow."""

    checks: list[Check]

    @property
    def undone(self) -> int:
        return sum(not check.done for check in self.checks)

    @property
    def blocking(self) -> list[Check]:
        """What forbids to open."""
        return [check for check in self.checks if check.blocks and not check.done]


class AnywayForm(forms.Form):
    """The box that must be ticked while points are undone."""

    anyway = forms.BooleanField(label=gettext_lazy("I open it anyway"))

    def __init__(self, undone: int, data=None):
        super().__init__(data)
        words = ngettext(
            "%(number)s point is not done. The petition's history will say so, with your name.",
            "%(number)s points are not done. The petition's history will say so, with your name.",
            undone,
        )
        self.fields["anyway"].help_text = words % {"number": undone}
        missing = ngettext(
            "Tick this box to open it although %(number)s point is not done.",
            "Tick this box to open it although %(number)s points are not done.",
            undone,
        )
        self.fields["anyway"].error_messages["required"] = missing % {"number": undone}


class StepPage(WagtailAdminTemplateMixin, View):
    """A page about one step of a petition that is in `state`; elsewhere in its life it leads back and says why."""

    http_method_names = ["get", "head", "post"]
    header_icon = "form"
    state: PetitionState
    too_late: object  # said where the petition isn't in that state any more, or not yet

    def dispatch(self, request: HttpRequest, *args, pk: int, **kwargs) -> HttpResponseBase:
        self.petition = petition_called(pk)
        if not self.is_its_time():
            return self.lead_back(self.too_late)
        return super().dispatch(request, *args, **kwargs)

    def is_its_time(self) -> bool:
        return self.petition.state == self.state

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def lead_back(self, why: object) -> HttpResponse:
        messages.info(self.request, str(why))
        return redirect(self.petition_url)

    def done(self, action: str, words: str, **data: int | str) -> HttpResponse:
        """Write in the petition's history who took this step, and say so."""
        log(self.petition, action, user=self.request.user, title=str(self.petition), data=data)
        messages.success(self.request, words)
        return redirect(self.petition_url)

    @property
    def petition_url(self) -> str:
        return reverse("petitions:edit", args=[self.petition.pk])

    def get_page_subtitle(self) -> str:
        return str(self.petition)

    def get_breadcrumbs_items(self):
        edit = {"url": self.petition_url, "label": str(self.petition)}
        petitions = {"url": reverse("petitions:index"), "label": _("Petitions")}
        return [*self.breadcrumbs_items, petitions, edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(petition=self.petition, petition_url=self.petition_url, **kwargs)


class OpenPage(StepPage):
    """« Ouvrir »: what is ready and what isn't, what opening does, and the button."""

    state = PetitionState.PREPARATION
    page_title = gettext_lazy("Open the petition")
    too_late = gettext_lazy("This petition has been opened already.")
    template_name = "petition/staff/open.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        ready = Readiness(opening_checks(self.petition))
        form = AnywayForm(ready.undone, request.POST) if ready.undone else None
        if ready.blocking or (form and not form.is_valid()):
            return self.render_to_response(self.get_context_data(ready=ready, form=form), status=422)
        try:
            return self.open(ready.undone)
        except NothingToSign:  # the points have just been looked at
            return self.get(request)

    @transaction.atomic
    def open(self, undone: int) -> HttpResponse:
        trials = open_petition(self.petition)
        if trials is None:
            return self.lead_back(self.too_late)
        return self.done(OPEN, _("The petition is open."), undone=undone, trials=trials)

    def get_context_data(self, ready: Readiness | None = None, form: AnywayForm | None = None, **kwargs):
        ready = ready or Readiness(opening_checks(self.petition))
        written = texts_by_language(self.petition)
        return super().get_context_data(
            ready=ready,
            form=form or (AnywayForm(ready.undone) if ready.undone else None),
            trials=trials_of(self.petition),
            languages=[str(name) for code, name in settings.LANGUAGES if code in written],
            **kwargs,
        )


class ClosePage(StepPage):
    """« Clôturer »: what closing does, who may still confirm, and the button."""

    state = PetitionState.OPEN
    page_title = gettext_lazy("Close the petition")
    too_late = gettext_lazy("This petition is not open, so there is nothing to close.")
    template_name = "petition/staff/close.html"

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        if not close_petition(self.petition):
            return self.lead_back(self.too_late)
        return self.done(CLOSE, _("The petition is closed."))

    def get_context_data(self, **kwargs):
        return super().get_context_data(waiting=waiting_for_confirmation(self.petition), **kwargs)


class ReopenPage(StepPage):
    """« Rouvrir »: takes the closing back."""

    state = PetitionState.CLOSED
    page_title = gettext_lazy("Open the petition again")
    too_late = gettext_lazy("This petition is not closed, so it can't be opened again.")
    template_name = "petition/staff/reopen.html"

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        if not reopen_petition(self.petition):
            return self.lead_back(self.too_late)
        return self.done(REOPEN, _("The petition is open again."))
