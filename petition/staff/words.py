"""What stands in rows as codes, in the words that staff read."""

from django.utils.translation import gettext as _

from petition.enums import ConsentPurpose, Reason
from petition.models import PendingSignature, Signature
from petition.places import FRANCE, countries


def full_name(row: Signature | PendingSignature) -> str:
    """Return first and last name, or a note where both were erased."""
    if row.first_name is None:
        return _("(name erased)")
    return f"{row.first_name} {row.last_name}"


def place(row: Signature | PendingSignature) -> str:
    """Return the country, with the département in France; empty where nothing was said."""
    country, _dash, departement = row.place.partition("-")
    name = countries().get(country, country)
    return f"{name} ({departement})" if country == FRANCE and departement else name


def reasons(row: Signature | PendingSignature) -> str:
    """Return why the row deserves a look; empty where nothing was noted."""
    known = dict(Reason.choices)
    return ", ".join(str(known.get(reason, reason)) for reason in row.reasons)


def purposes(row: Signature | PendingSignature) -> str:
    """Return what was agreed to, in the order of the form."""
    if isinstance(row, PendingSignature):
        chosen = {str(purpose) for purpose in row.consent_text_ids()}
    else:
        chosen = set(row.consents.filter(withdrawn_at=None).values_list("text__purpose", flat=True))
    return ", ".join(str(purpose.label) for purpose in ConsentPurpose if purpose in chosen)
