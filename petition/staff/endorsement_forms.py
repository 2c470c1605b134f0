"""What staff write about an organisation: its name and site under the form's own limits, and a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from petition.models import Endorsement
from petition.models.endorsement import NOTE_LENGTH
from petition.organisations import OrganisationField, SiteField
from petition.staff.judging_form import nobody_s_address, one_line


class EndorsementEditForm(WagtailAdminModelForm):
    """Name and site, by the same fields as in the form for organisations."""

    name = OrganisationField(
        label=_("Name of the organisation"),
        error_messages={"required": _("Please enter the name of the organisation.")},
    )
    website = SiteField(label=_("Website (optional)"))

    class Meta:
        model = Endorsement
        fields = ["name", "website"]


class ReasonToWriteForm(forms.Form):
    """One sentence, needed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=NOTE_LENGTH,
        validators=[one_line, nobody_s_address],
        error_messages={"required": _("Say why in a few words.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
