"""Filters of the lists of people, whose choices are read in words."""

import django_filters
from django import forms
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateTimeInput

from petition.enums import Reason
from petition.models import PendingSignature, Signature

ALONE, WITHOUT = "true", "false"


class TrialFilter(django_filters.ChoiceFilter):
    """Trials alone, or all but trials."""

    def __init__(self):
        super().__init__(
            field_name="trial",
            label=_("Trial"),
            choices=[(ALONE, _("Trials alone")), (WITHOUT, _("Without trials"))],
            empty_label=_("All"),
            widget=forms.RadioSelect,
        )

    def filter(self, rows, value):
        return rows.filter(trial=value == ALONE) if value else rows


class ReasonFilter(django_filters.ChoiceFilter):
    """Those that have one reason to look at them, whether it holds them or is a note."""

    def __init__(self):
        super().__init__(
            label=_("Reason"), choices=Reason.choices, empty_label=_("All"), widget=forms.RadioSelect
        )

    def filter(self, rows, value):
        if not value:
            return rows
        # Their codes are words apart; SQLite knows no containment of JSON.
        return rows.alias(told=Cast("reasons", TextField())).filter(told__contains=f'"{value}"')


class Confirmed(django_filters.DateTimeFilter):
    """One end of the time in which mailboxes confirmed, in Paris time."""

    def __init__(self, label: object, lookup: str):
        super().__init__(
            field_name="confirmed_at", lookup_expr=lookup, label=label, widget=AdminDateTimeInput
        )


class ToLookAtFilters(WagtailFilterSet):
    reason = ReasonFilter()
    confirmed_from = Confirmed(_("Confirmed from (Paris time)"), "gte")
    confirmed_until = Confirmed(_("Confirmed until (Paris time)"), "lte")

    class Meta:
        model = Signature
        fields = ["petition"]


class SignatureFilters(ToLookAtFilters):
    trial = TrialFilter()

    class Meta:
        model = Signature
        fields = ["petition", "state"]


class PendingSignatureFilters(WagtailFilterSet):
    trial = TrialFilter()

    class Meta:
        model = PendingSignature
        fields = ["petition"]
