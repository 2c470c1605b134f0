"""Why staff judge a signature so, in a sentence that may be kept longer than the signature itself."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from petition.models import Signature

REASON_LENGTH = Signature._meta.get_field("state_reason").max_length
ADDRESS = re.compile(r"\S@\S")

one_line = RegexValidator(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029]",
    _("Write it on one line, without control characters."),
    inverse_match=True,
)


def nobody_s_address(text: str) -> None:
    """Refuse an e-mail address: the history outlives the person's data."""
    if ADDRESS.search(text):
        raise ValidationError(
            _("Leave the e-mail address out: the history is kept longer than the signature.")
        )


class ReasonForm(forms.Form):
    """One sentence, needed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        validators=[one_line, nobody_s_address],
        error_messages={"required": _("Say why in a few words.")},
        help_text=_(
            "Kept with your name and the date, longer than the signature: write neither a name nor an address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
