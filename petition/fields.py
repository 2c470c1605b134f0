"""The fields that several forms share: one line, a name, a mailbox."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from petition import mail_domains
from petition.models.pending import EMAIL_LENGTH, NAME_LENGTH
from petition.names import NoName, as_kept, why_not

NO_NAME = {
    NoName.UNSHOWABLE: _("This name holds a character that can't be shown. Please type it again."),
    NoName.NOTHING: _("This is not a name. Please type the name that you go by."),
    NoName.LINK: _(
        "This is not a name but an address of the web or of mail. Please type the name that you go by."
    ),
}
MAY_BE_A_SLIP = _(
    "Did you mean to write %(suggestion)s? If your address really is %(typed)s, send the form again as it stands."
)
ASKS = "asks"  # the code of a message that is a question: nothing is wrong, and sending again answers it


class LineField(forms.CharField):
    """One line of text, whose own checks also answer for null characters: Django's words for them help no visitor."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = [
            check for check in self.validators if not isinstance(check, ProhibitNullCharactersValidator)
        ]


class NameField(LineField):
    """A name as its bearer writes it, in any script; what can't be shown or is no name is refused in words."""

    def __init__(self, *, autocomplete: str, max_length: int = NAME_LENGTH, **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def clean(self, value):
        name = super().clean(as_kept(str(value)) if value else value)
        if wrong := why_not(name):
            raise ValidationError(NO_NAME[wrong])
        return name


class MailboxField(LineField):
    """An address that mail can reach: checked by its form alone, without asking the network."""

    def __init__(self, **kwargs):
        widget = forms.EmailInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        )
        super().__init__(max_length=EMAIL_LENGTH, widget=widget, **kwargs)

    def clean(self, value):
        address = super().clean(value)
        if not address:
            return address
        try:
            validate_email(address, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            local = address.rpartition("@")[0]
            if local and not local.isascii():
                raise ValidationError(
                    _(
                        "Mail can't be sent to an address with accents before the @ sign. Example: nom@exemple.fr"
                    )
                ) from error
            raise ValidationError(
                _("This is not a complete e-mail address. Example: nom@exemple.fr")
            ) from error
        return address


class AsksAboutSlips(forms.Form):
    """A form whose `email` is asked about once where it looks like a slip in a well-known domain.

    Nothing is rewritten by itself: a button takes the suggestion, and sending the form again keeps what was typed.
    """

    email_kept = LineField(required=False, widget=forms.HiddenInput)  # the address that was asked about

    def __init__(self, data=None, *args, **kwargs):
        if data is not None and data.get("email_meant"):  # the button was pressed
            data = data.copy()
            data["email"] = data["email_meant"]
        super().__init__(data, *args, **kwargs)
        self.suggestion: str | None = None

    def clean(self):
        cleaned = super().clean()
        address = self.cleaned_data.get("email")
        suggested = mail_domains.suggestion(address) if address else None
        if suggested and address != self.cleaned_data.get("email_kept"):
            self.suggestion = suggested
            words = MAY_BE_A_SLIP % {"suggestion": suggested, "typed": address}
            self.add_error("email", ValidationError(words, code=ASKS))
            self.fields["email"].asks = True  # for the template
        return cleaned

    @property
    def only_asks(self) -> bool:
        """Whether nothing is wrong with what was sent, and one question is all that stands against it."""
        return self.suggestion is not None and all(
            error.code == ASKS for errors in self.errors.as_data().values() for error in errors
        )
