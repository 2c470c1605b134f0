"""The form in which staff switch a list on: why, and for one outside the European Union its name, typed."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from petition import mailing
from petition.models import ServiceSettings
from petition.services import switching

REASON_LENGTH = ServiceSettings._meta.get_field("reason").max_length


class SwitchForm(forms.Form):
    """Asks the service what stands against the switch, and says it beside the fields."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        required=False,  # the service says what is missing, in its own words
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with your name and the date in the site's history."),
    )
    typed = forms.CharField(
        label=_("The service's name, to confirm"),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, entry: mailing.Entry, user, data=None):
        super().__init__(data)
        self.entry, self.user = entry, user
        if switching.asks_for_its_name(entry):
            help_text = gettext("Type %(name)s: it lies outside the European Union.")
            self.fields["typed"].help_text = help_text % {"name": switching.service_name(entry)}
        else:
            del self.fields["typed"]

    def clean(self):
        cleaned = super().clean() or {}
        if "reason" in self.errors:
            return cleaned
        refusals = switching.refusals(
            self.entry.alias, by=self.user, reason=cleaned["reason"], typed=cleaned.get("typed", "")
        )
        for field, why in refusals.items():
            self.add_error(field or None, why)
        return cleaned
