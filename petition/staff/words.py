"""What stands in rows as codes, in the words that staff read."""

from django.utils.translation import gettext as _

from campaign.outbox import registry
from campaign.outbox.models import OutboxTask
from petition import mailing
from petition.enums import ConsentPurpose, Refusal
from petition.models import Contact, PendingSignature, Signature
from petition.places import FRANCE, countries
from petition.services import forgetting, looking


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
    """Return why the row deserves a look, what is a mere note as such; empty where nothing was noted."""
    weighed = looking.weigh(row.reasons)
    notes = [_("noted: %(reason)s") % {"reason": reason.label} for reason in weighed.notes]
    return ", ".join([*(str(reason.label) for reason in weighed.holding), *notes])


def purposes(row: Signature | PendingSignature) -> str:
    """Return what was agreed to, in the order of the form."""
    if isinstance(row, PendingSignature):
        chosen = {str(purpose) for purpose in row.consent_text_ids()}
    else:
        chosen = set(row.consents.filter(withdrawn_at=None).values_list("text__purpose", flat=True))
    return ", ".join(str(purpose.label) for purpose in ConsentPurpose if purpose in chosen)


def supporter(contact: Contact) -> str:
    """Return a supporter's address and first name, or a note where only the fingerprint is left."""
    if not contact.email:
        return _("(address erased)")
    return f"{contact.email} ({contact.first_name})" if contact.first_name else contact.email


def list_of(contact: Contact) -> str:
    """Return the name of the list that holds a supporter or is about to; empty while none is chosen."""
    entry = mailing.entries().get(contact.provider)
    return entry.name if entry else contact.provider


def refusal(contact: Contact) -> str:
    """Return why the list did not do what it was asked, with its own words behind; empty where it did."""
    known = dict(Refusal.choices)
    why = str(known.get(contact.provider_refusal, contact.provider_refusal))
    return " ".join(filter(None, [why, contact.provider_said]))


def delivery(task: OutboxTask) -> str:
    """Return what a delivery is, with the name of the list where it is for one."""
    label, name = registry.label(task.kind), forgetting.list_name(task)
    return _("%(what)s: %(list)s") % {"what": label, "list": name} if name else label
