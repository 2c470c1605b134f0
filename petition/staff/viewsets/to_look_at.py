"""« À vérifier »: signatures whose mailbox has confirmed and that wait for somebody to look at them, oldest first."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from petition.enums import SignatureState
from petition.models import Signature
from petition.staff import words
from petition.staff.judging import JudgeManyPage
from petition.staff.viewsets.filters import ToLookAtFilters
from petition.staff.viewsets.judgeable import JudgeableListing, JudgeableScreen, TickColumn


class ToLookAtListing(JudgeableListing):
    """The oldest first: who has waited longest is served first."""

    page_title = _("To be looked at")
    template_name = "petition/staff/to_look_at.html"
    results_template_name = "petition/staff/to_look_at_results.html"

    def get_base_queryset(self):
        return super().get_base_queryset().filter(pk__in=Signature.objects.to_be_looked_at())


class JudgeManyHeld(JudgeManyPage):
    def base(self):
        return Signature.objects.to_be_looked_at()


class WithTheirNumber(MenuItem):
    """A menu entry that says how many wait."""

    def render_component(self, request):
        component = super().render_component(request)
        if number := Signature.objects.to_be_looked_at().count():
            component.label = f"{self.label} ({number_format(number)})"
        return component


class ToLookAtScreen(JudgeableScreen):
    model = Signature
    name = "to_look_at"
    url_prefix = "petition/to-look-at"
    icon = "view"
    menu_label = _("To be looked at")
    filterset_class = ToLookAtFilters
    index_view_class = ToLookAtListing
    judge_many_view_class = JudgeManyHeld
    only_state = SignatureState.HELD
    views = ("index", "index_results")
    ordering = "id"
    find_url_name = "signatures:find"
    other_list_url_name = "signatures:index"
    other_list_label = _("Look for it among the signatures")

    @cached_property
    def menu_item_class(self):
        return type("ToLookAtMenuItem", (WithTheirNumber, super().menu_item_class), {})

    @cached_property
    def list_display(self):
        return [
            TickColumn(self.only_state),
            self.name_column(),
            self.reasons_column(),
            Column("state_reason", label=_("Why staff look at it")),
            self.place_column(),
            self.petition_column(),
            DateColumn("confirmed_at", label=_("Confirmed on")),
        ]

    def name_column(self):
        return TitleColumn(
            "name",
            accessor=words.full_name,
            label=_("Name"),
            get_url=lambda row: reverse("signatures:inspect", args=[row.pk]),
        )
