"""The form that is signed: its fields, its consents, and the ticket that says what it showed."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from petition import places
from petition.captcha import chosen
from petition.captcha import ticket as tickets
from petition.captcha.base import Judgement
from petition.enums import ConsentPurpose, Reason
from petition.errors import TicketExpired, TicketInvalid
from petition.fields import AsksAboutSlips, LineField, MailboxField, NameField
from petition.models import ConsentText, Petition, PetitionText

POSTCODE_LENGTH = 100  # of whatever country: what isn't French is dropped, however it is written
CONSENT_FIELDS = {
    "agree_sign": ConsentPurpose.SIGN,
    "agree_public": ConsentPurpose.PUBLIC,
    "agree_newsletter": ConsentPurpose.NEWSLETTER,
    "agree_addressee": ConsentPurpose.ADDRESSEE,
}
TRAP = "remark"  # people don't see this field; no browser and no password manager fills in one of this name


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


class NameForm(forms.Form):
    """The name under a signature: asked for when it is signed, and when its bearer corrects it."""

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


class SignatureForm(AsksAboutSlips, NameForm):
    """What a citizen fills in. `shown_texts` stand beside the boxes now; what is recorded comes from the ticket."""

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
        self.captcha = chosen()
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

    def check(self) -> Judgement:
        """Judge what came of the check that the form showed; to be asked of a form that is good, once."""
        return self.captcha.judge(self.data.get(self.captcha.field, ""), self.data.get("ticket", ""))

    def reasons(self) -> list[Reason]:
        """Return what the form itself gives to look at."""
        return [Reason.TRAP] if self.data.get(TRAP, "").strip() else []

    def agreed(self) -> set[ConsentPurpose]:
        """Return the purposes whose box was ticked."""
        return {purpose for name, purpose in CONSENT_FIELDS.items() if self.cleaned_data[name]}


class MailboxForm(forms.Form):
    """Asks for an address, to send it what it has signed."""

    email = MailboxField(
        label=_("E-mail address"),
        error_messages={"required": _("Please enter your e-mail address. Example: nom@exemple.fr")},
    )
