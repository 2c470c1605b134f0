"""Which outside services people's data go to at this moment: what the legal page tells."""

from dataclasses import dataclass

from campaign.disclosure import Disclosure
from petition import mailing
from petition.models import Contact


@dataclass(frozen=True)
class ServiceInUse:
    """One outside service: `is_on` while it receives, else it only holds those who agreed to it earlier."""

    disclosure: Disclosure
    is_on: bool


def services_in_use() -> list[ServiceInUse]:
    """Return the outside services that receive data, or still hold somebody's; one statement, and one per service."""
    chosen = mailing.chosen_alias()
    return [
        ServiceInUse(entry.disclosure, alias == chosen)
        for alias, entry in mailing.entries().items()
        if entry.disclosure and (alias == chosen or Contact.objects.filter(provider=alias).exists())
    ]
