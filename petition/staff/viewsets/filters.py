"""Filters of the lists of people, whose choices are read in words."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

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


class SignatureFilters(WagtailFilterSet):
    trial = TrialFilter()

    class Meta:
        model = Signature
        fields = ["petition", "state"]


class PendingSignatureFilters(WagtailFilterSet):
    trial = TrialFilter()

    class Meta:
        model = PendingSignature
        fields = ["petition"]
