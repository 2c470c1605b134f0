"""Why staff judge a signature so, in a sentence that may be kept longer than the signature itself."""

import re

from anyascii import anyascii
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


def _words(text: str) -> set[str]:
    """Return the words of three letters and more, without case and accents."""
    return set(re.findall(r"\w{3,}", anyascii(text).casefold()))


def nobody_s_address(text: str) -> None:
    """Refuse an e-mail address: the history outlives the person's data."""
    if ADDRESS.search(text):
        raise ValidationError(
            _("Leave the e-mail address out: the history is kept longer than the signature.")
        )


class ReasonForm(forms.Form):
    """One sentence, needed; `about` is the signature, whose person's name has no place in it."""

    def __init__(self, *args, about: Signature | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = _words(f"{about.first_name or ''} {about.last_name or ''}") if about else set()

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if self.names & _words(reason):
            raise ValidationError(_("Leave the name out: the history is kept longer than the signature."))
        return reason

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        validators=[one_line, nobody_s_address],
        error_messages={"required": _("Say why in a few words.")},
        help_text=_(
            "The person may read it on their page. Kept with your name and the date, longer than the signature: write "
            "neither a name nor an address."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
