"""The form that is signed: its fields, its consents, and the ticket that says what it showed."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from petition import places
from petition.captcha import ticket as tickets
from petition.enums import ConsentPurpose
from petition.errors import TicketExpired, TicketInvalid
from petition.models import ConsentText, Petition, PetitionText
from petition.models.pending import EMAIL_LENGTH, NAME_LENGTH

# Control characters, separators, what replaces bytes that could not be read, and orders that turn text around.
UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]")
VISIBLE = ("L", "N", "S")  # Unicode's letters, numbers and symbols: a name has at least one
POSTCODE_LENGTH = 10
CONSENT_FIELDS = {
    "agree_sign": ConsentPurpose.SIGN,
    "agree_public": ConsentPurpose.PUBLIC,
    "agree_newsletter": ConsentPurpose.NEWSLETTER,
    "agree_addressee": ConsentPurpose.ADDRESSEE,
}


class LineField(forms.CharField):
    """One line of text, whose own checks also answer for null characters: Django's words for them help no visitor."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = [
            check for check in self.validators if not isinstance(check, ProhibitNullCharactersValidator)
        ]


class NameField(LineField):
    """A name as its bearer writes it, in any script; control characters are refused in words."""

    def __init__(self, *, autocomplete: str, **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=NAME_LENGTH, widget=widget, **kwargs)

    def clean(self, value):
        if value and UNSHOWABLE.search(str(value).strip()):
            raise ValidationError(_("This name holds a character that can't be shown. Please type it again."))
        name = super().clean(value)
        if name and ("://" in name or not any(unicodedata.category(sign)[0] in VISIBLE for sign in name)):
            raise ValidationError(_("This is not a name. Please type the name that you go by."))
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


class CountrySelect(forms.Select):
    """250 options as one string: the usual widget renders a template for each, which was half of the page's time."""

    def render(self, name, value, attrs=None, renderer=None):
        """Return what the usual widget would."""
        chosen = str(value or "")
        options = (
            (code, mark_safe(" selected") if code == chosen else "", label) for code, label in self.choices
        )
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        listed = format_html_join("\n", '<option value="{}"{}>{}</option>', options)
        return format_html("<select{}>\n{}\n</select>", attributes, listed)


class SignatureForm(forms.Form):
    """What a citizen fills in. `shown_texts` stand beside the boxes now; what is recorded comes from the ticket."""

    first_name = NameField(
        label=_("First name"),
        autocomplete="given-name",
        error_messages={"required": _("Please enter your first name.")},
    )
    last_name = NameField(
        label=_("Last name"),
        autocomplete="family-name",
        error_messages={"required": _("Please enter your last name.")},
    )
    email = MailboxField(
        label=_("E-mail address"),
        help_text=_("To confirm that it is you. One address signs once."),
        error_messages={"required": _("Please enter your e-mail address. Example: nom@exemple.fr")},
    )
    country = LineField(label=_("Country"), required=False, widget=CountrySelect)
    postcode = LineField(
        label=_("Postcode (optional, France)"),
        required=False,
        max_length=POSTCODE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        help_text=_("Only the département is kept."),
        error_messages={"max_length": _("A French postcode has five digits. Example: 75011")},
    )
    agree_sign = forms.BooleanField(
        error_messages={"required": _("Please tick this box: without it your signature can't be counted.")}
    )
    agree_public = forms.BooleanField(required=False)
    agree_newsletter = forms.BooleanField(required=False)
    agree_addressee = forms.BooleanField(required=False)
    ticket = LineField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        petition: Petition,
        text: PetitionText,
        shown_texts: dict[ConsentPurpose, ConsentText],
        data=None,
    ):
        super().__init__(data, auto_id="id_%s")
        self.petition = petition
        self.text = text
        self.shown_texts = shown_texts
        self.fresh_ticket = tickets.issue(
            petition.pk, text.pk, {purpose: shown.pk for purpose, shown in shown_texts.items()}
        )
        self.signed_ticket: tickets.Ticket | None = None
        for name, purpose in CONSENT_FIELDS.items():
            self.fields[name].label = shown_texts[purpose].label
            self.fields[name].help_text = shown_texts[purpose].sentence
        # Asked for when the form is shown: a form that is sent and good never needs its 250 names.
        self.fields["country"].widget.choices = lambda: list(places.countries().items())
        self.fields["country"].widget.attrs["autocomplete"] = "country"
        self.fields["country"].initial = places.FRANCE

    def clean_country(self) -> str:
        """Accept a code of the list; France where nothing was said."""
        country = self.cleaned_data["country"] or places.FRANCE
        if country not in places.countries():
            raise ValidationError(_("Please choose a country of the list."))
        return country

    def clean_postcode(self) -> str:
        """Accept a French postcode; what is typed for another country is nobody's business and is dropped."""
        postcode = self.cleaned_data["postcode"].replace(" ", "")
        if self.cleaned_data.get("country") != places.FRANCE or not postcode:
            return ""
        if places.departement(postcode) is None:
            raise ValidationError(_("A French postcode has five digits. Example: 75011"))
        return postcode

    def clean_ticket(self) -> str:
        """Read the ticket; a form without a good one is offered anew with what was typed."""
        text = self.cleaned_data["ticket"]
        try:
            self.signed_ticket = self._read(text)
        except TicketExpired:
            self.add_error(
                None, _("This form is more than a day old. Here is a fresh one: please send it again.")
            )
        except TicketInvalid:
            self.add_error(
                None, _("The form did not arrive whole. Here is a fresh one: please send it again.")
            )
        return text

    def _read(self, text: str) -> tickets.Ticket:
        """Read the ticket; words that are shown no longer are looked for, since a restored database may lack them."""
        signed = tickets.read(text, self.petition.pk)
        if signed.text_id != self.text.pk and not self.petition.texts.filter(pk=signed.text_id).exists():
            raise TicketInvalid
        earlier = set(signed.consent_ids.values()) - {shown.pk for shown in self.shown_texts.values()}
        if earlier and self.petition.consent_texts.filter(pk__in=earlier).count() != len(earlier):
            raise TicketInvalid
        return signed

    def agreed(self) -> set[ConsentPurpose]:
        """Return the purposes whose box was ticked."""
        return {purpose for name, purpose in CONSENT_FIELDS.items() if self.cleaned_data[name]}


class MailboxForm(forms.Form):
    """Asks for an address, to send it what it has signed."""

    email = MailboxField(
        label=_("E-mail address"),
        error_messages={"required": _("Please enter your e-mail address. Example: nom@exemple.fr")},
    )
