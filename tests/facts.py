"""What only an association knows, visibly made up: the site of the tests is one whose staff have filled in all."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from campaign.demo import english, french
from home.models import Organisation

FACTS = {
    "legal_form": "Association d’essai",
    "postal_address": "1 rue de l’Essai\n00000 Essai",
    "phone": "+33 0 00 00 00 00",
    "email": "contact@example.org",
    "press_email": "presse@example.org",
    "publication_director": "Essai Directrice",
    "host_name": "Hébergeur d’essai",
    "host_address": "2 rue de l’Essai, 00000 Essai",
    "host_phone": "+33 0 00 00 00 01",
    "host_country": "FR",
    "mail_carrier": "Messagerie d’essai",
    "mail_country": "DE",
    "privacy_contact": "donnees@example.org",
}
PRESS_CONTACT = "Contact d’essai, presse@example.org"


def fill_in_facts() -> None:
    """Give the stored organisation every fact."""
    Organisation.objects.update(**FACTS)


def empty_facts(*names: str) -> None:
    """Take facts away again: all of them, or those named."""
    Organisation.objects.update(**dict.fromkeys(names or FACTS, ""))


@contextmanager
def texts_filled_in() -> Iterator[None]:
    """Have the demo's texts written without the places that they leave open."""
    with (
        patch.dict(french.PRESS_RELEASE.fields, contact=PRESS_CONTACT),
        patch.dict(english.PRESS_RELEASE.fields, contact=f"{PRESS_CONTACT} (English)"),
    ):
        yield
