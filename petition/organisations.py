"""What the form for organisations asks for: their name, their number, their site, somebody who speaks for them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.fr import siren, siret

from petition.fields import NO_NAME, LineField
from petition.models.endorsement import ORGANISATION_LENGTH, SITE_LENGTH, is_web_address
from petition.names import NoName, as_kept, why_not

SIRET_LENGTH = 14
TYPED_LENGTH = 40  # of a number with its spaces


class OrganisationField(LineField):
    """An organisation's name, or a role in it. Some are called like an address of the web, so that may stand here."""

    def __init__(
        self, *, autocomplete: str = "organization", max_length: int = ORGANISATION_LENGTH, **kwargs
    ):
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=max_length, widget=widget, **kwargs)

    def clean(self, value):
        name = super().clean(as_kept(str(value)) if value else value)
        wrong = why_not(name)
        if wrong and wrong is not NoName.LINK:
            raise ValidationError(NO_NAME[wrong])
        return name


class SiteField(LineField):
    """The address of a site; one without its scheme gets https. No other scheme is taken: a link must only lead."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url", "spellcheck": "false"})
        super().__init__(max_length=SITE_LENGTH, required=False, widget=widget, **kwargs)

    def clean(self, value):
        address = super().clean(value)
        if not address:
            return address
        if "://" not in address:
            address = f"https://{address}"
        try:
            is_web_address(address)
        except ValidationError as error:
            raise ValidationError(
                _("This is not the address of a site. Example: https://www.exemple.fr")
            ) from error
        if len(address) > SITE_LENGTH:  # with its scheme
            raise ValidationError(self.error_messages["max_length"] % {"limit_value": SITE_LENGTH})
        return address


def siren_of(typed: str) -> str:
    """Return the nine digits of a SIREN, or of the SIRET of one of an organisation's places, checked by their sum.

    Nobody is asked. La Poste's places have a sum of their own. Raises ValidationError in words.
    """
    try:
        if len(siren.compact(typed)) == SIRET_LENGTH:
            return siret.to_siren(siret.validate(typed))
        return siren.validate(typed)
    except WrongNumber as error:
        raise ValidationError(
            _(
                "This is not a SIREN number: it has nine digits, and its sum must be right. Example: 356 000 000"
            )
        ) from error
