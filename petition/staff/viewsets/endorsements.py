"""« Organisations »: those whose mailbox has confirmed; read, published or refused on the page of each."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.log_actions import log

from petition.enums import EndorsementState
from petition.models import Endorsement
from petition.services import reviewing
from petition.staff import words
from petition.staff.endorsement_acts import ACTS, acts_on, decide
from petition.staff.endorsement_forms import EndorsementEditForm, ReasonToWriteForm
from petition.staff.viewsets.base import AskFirst, Details, Listing, Screen
from petition.views.endorsements import picture

MAY_SEE = "petition.view_endorsement"
MAY_DECIDE = "petition.change_endorsement"
SEEN = [choice for choice in EndorsementState.choices if choice[0] != EndorsementState.RECEIVED]


def seen() -> QuerySet[Endorsement]:
    """Return what staff see: what no mailbox has confirmed is nobody's word."""
    return Endorsement.objects.exclude(state=EndorsementState.RECEIVED).defer("logo")


class EndorsementFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=SEEN, empty_label=_("All"))

    class Meta:
        model = Endorsement
        fields = ["petition", "state"]


class EndorsementListing(Listing):
    def get_base_queryset(self):
        return super().get_base_queryset().filter(pk__in=seen().values("pk")).defer("logo")


class EndorsementDetails(Details):
    """One organisation: what it sent, what else is known of it, and what may be decided."""

    template_name = "petition/staff/endorsement.html"

    def get_object(self, queryset=None):
        return get_object_or_404(seen().select_related("petition", "reviewer"), pk=self.pk)

    def get_page_subtitle(self):
        return self.object.name

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Take one of the decisions; a reason that can't stand is asked for again, with what was typed."""
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        form = ReasonToWriteForm(request.POST) if act.needs_reason else None
        if form and not form.is_valid():
            context = self.get_context_data(asked=act.name, form=form)
            return self.render_to_response(context, status=422)
        decide(request, self.object, act, reason=form.cleaned_data["reason"] if form else "")
        return redirect("endorsements:inspect", self.object.pk)

    def get_context_data(self, asked: str = "", form: ReasonToWriteForm | None = None, **kwargs):
        may = self.request.user.has_perm(MAY_DECIDE)
        acts = acts_on(self.object) if may else []
        forms = {act.name: ReasonToWriteForm(auto_id=f"id_{act.name}_%s") for act in acts if act.needs_reason}
        if form:
            form.auto_id = f"id_{asked}_%s"
            forms[asked] = form
        return super().get_context_data(
            row=self.object,
            twins=reviewing.twins(self.object),
            acts=[(act, forms.get(act.name)) for act in acts],
            reasons=words.reasons(self.object),
            **kwargs,
        )


class EndorsementEdit(AskFirst, generic.EditView):
    """Name and site, under the limits and the words of the form itself."""

    any_permission_required = ("change",)

    def get_object(self, queryset=None):
        return get_object_or_404(seen(), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.object.name

    def save_instance(self):
        """Store the two fields and no other: a decision may be taken meanwhile."""
        row = self.form.save(commit=False)
        row.save(update_fields=["name", "website"])
        self.has_content_changes = self.form.has_changed()
        log(row, "wagtail.edit", content_changed=self.has_content_changes)
        return row

    def get_success_message(self):
        return _("Name and site are changed.")

    def get_success_url(self):
        return reverse("endorsements:inspect", args=[self.object.pk])

    def get_success_buttons(self):
        return []


class WithTheirNumber(MenuItem):
    """A menu entry that says how many wait to be read."""

    def render_component(self, request):
        component = super().render_component(request)
        if number := Endorsement.objects.to_be_reviewed().count():
            component.label = f"{self.label} ({number_format(number)})"
        return component


def logo(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the logo of an organisation that isn't on a wall yet, to staff alone."""
    row = get_object_or_404(seen().exclude(logo_digest=""), pk=pk)
    return picture(row, cache="private, no-store")


class EndorsementScreen(Screen):
    model = Endorsement
    name = "endorsements"
    url_prefix = "petition/organisations"
    icon = "group"
    menu_label = _("Organisations")
    allowed = ("view", "change")
    views = ("index", "index_results", "inspect", "edit")
    related = ("petition",)
    ordering = "-id"
    filterset_class = EndorsementFilters
    index_view_class = EndorsementListing
    inspect_view_class = EndorsementDetails
    edit_view_class = EndorsementEdit
    inspect_view_fields = ["name"]
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("website")], base_form_class=EndorsementEditForm
    )

    @cached_property
    def menu_item_class(self):
        return type("OrganisationsMenuItem", (WithTheirNumber, super().menu_item_class), {})

    @cached_property
    def list_display(self):
        return [
            self.link_column("name", label=_("Organisation")),
            StatusTagColumn(
                "state",
                accessor="get_state_display",
                label=_("State"),
                primary=lambda row: row.state == EndorsementState.PUBLISHED,
            ),
            Column("petition", label=_("Petition")),
            DateColumn("confirmed_at", label=_("Confirmed on")),
            DateColumn("published_at", label=_("Published on")),
        ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/logo/", permission_required(MAY_SEE)(logo), name="logo"),
        ]
