"""The form by which an organisation endorses a petition."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from petition import places
from petition.captcha import chosen
from petition.captcha import ticket as tickets
from petition.captcha.base import Judgement
from petition.enums import ConsentPurpose, Reason
from petition.errors import TicketExpired, TicketInvalid
from petition.fields import AsksAboutSlips, LineField, MailboxField, NameField
from petition.forms import TRAP, CountrySelect
from petition.logos import MOST_BYTES, Logo, drawn_anew
from petition.models import Petition
from petition.models.endorsement import ROLE_LENGTH
from petition.models.text import digest
from petition.organisations import TYPED_LENGTH, OrganisationField, SiteField, siren_of

FOR_ORGANISATIONS = 0  # what stands for the text in a ticket of this form: that of the other has a real one
NO_WORDS = dict.fromkeys(ConsentPurpose, 0)


class LogoField(forms.FileField):
    """A logo as it was sent, which becomes the one that is kept."""

    def to_python(self, data: File | None) -> Logo | None:  # type: ignore[override]  # for a file of ours
        """Return what is kept of it, or nothing."""
        sent = super().to_python(data)
        return None if sent is None else drawn_anew(sent)


class EndorsementForm(AsksAboutSlips):
    """What a representative fills in. `statement` is the sentence that stands beside the box now."""

    name = OrganisationField(
        label=_("Name of the organisation"),
        error_messages={"required": _("Please enter the name of the organisation.")},
    )
    country = LineField(label=_("Country"), required=False, widget=CountrySelect)
    siren = LineField(
        label=_("SIREN number (required in France)"),
        required=False,
        max_length=TYPED_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Nine digits, as in the public register of enterprises and associations."),
    )
    website = SiteField(label=_("Website (optional)"), help_text=_("Shown with the name."))
    logo = LogoField(
        label=_("Logo (optional)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=_("PNG, JPEG, WebP or GIF, up to 2 MB."),
    )
    first_name = NameField(
        label=_("Your first name"),
        autocomplete="given-name",
        error_messages={"required": _("Please enter your first name.")},
    )
    last_name = NameField(
        label=_("Your last name"),
        autocomplete="family-name",
        error_messages={"required": _("Please enter your last name.")},
    )
    role = OrganisationField(
        label=_("Your role in the organisation"),
        autocomplete="organization-title",
        max_length=ROLE_LENGTH,
        error_messages={"required": _("Please enter your role in the organisation.")},
    )
    email = MailboxField(
        label=_("Your work e-mail address"),
        help_text=_("Best one under the organisation's own domain. It is never shown."),
        error_messages={"required": _("Please enter your e-mail address. Example: nom@exemple.fr")},
    )
    agree = forms.BooleanField(
        label=_("I speak for this organisation"),
        error_messages={
            "required": _("Please tick this box: without it nobody speaks for the organisation.")
        },
    )
    shown = LineField(required=False, widget=forms.HiddenInput)
    ticket = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, petition: Petition, statement: str, data=None, files=None):
        super().__init__(data, files, auto_id="id_%s")
        self.petition, self.statement = petition, statement
        self.shown_now = digest(statement)
        self.fresh_ticket = tickets.issue(petition.pk, FOR_ORGANISATIONS, NO_WORDS)
        self.signed_ticket: tickets.Ticket | None = None
        self.captcha = chosen()
        self.fields["agree"].help_text = statement
        country = self.fields["country"]
        cast(forms.ChoiceField, country).widget.choices = lambda: list(places.countries().items())
        country.widget.attrs["autocomplete"] = "country"
        country.initial = places.FRANCE

    def clean_country(self) -> str:
        """Accept a code of the list; France where nothing was said."""
        country = self.cleaned_data["country"] or places.FRANCE
        if country not in places.countries():
            raise ValidationError(_("Please choose a country of the list."))
        return country

    def clean_siren(self) -> str:
        """Accept a French number that is right; elsewhere there is none."""
        typed = self.cleaned_data["siren"]
        if self.cleaned_data.get("country") != places.FRANCE:
            return ""
        if not typed:
            raise ValidationError(_("Please enter the SIREN number: nine digits. Example: 356 000 000"))
        return siren_of(typed)

    def clean_shown(self) -> str:
        """See to it that what was agreed to is what stands there now."""
        if self.cleaned_data["shown"] != self.shown_now:
            self.add_error(
                None,
                _("The words beside the last box have changed. Please read them and send the form again."),
            )
        return self.cleaned_data["shown"]

    def clean_ticket(self) -> str:
        """Read the ticket; a form without a good one is offered anew with what was typed."""
        text = self.cleaned_data["ticket"]
        try:
            self.signed_ticket = tickets.read(text, self.petition.pk)
            if self.signed_ticket.text_id != FOR_ORGANISATIONS:
                raise TicketInvalid
        except TicketExpired:
            self.add_error(
                None, _("This form is more than a day old. Here is a fresh one: please send it again.")
            )
        except TicketInvalid:
            self.add_error(
                None, _("The form did not arrive whole. Here is a fresh one: please send it again.")
            )
        return text

    def check(self) -> Judgement:
        """Judge what came of the check that the form showed; to be asked of a form that is good, once."""
        return self.captcha.judge(self.data.get(self.captcha.field, ""), self.data.get("ticket", ""))

    def reasons(self) -> list[Reason]:
        """Return what the form itself says against it: the field that people don't see was filled in."""
        return [Reason.TRAP] if self.data.get(TRAP) else []

    @property
    def lost_logo(self) -> bool:
        """Whether a logo that was sent must be chosen again: no browser may fill a file in by itself."""
        return self.is_bound and "logo" in self.files

    most_bytes = MOST_BYTES
