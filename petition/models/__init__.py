"""The tables of the petition room."""

from petition.models.consent import Consent
from petition.models.contact import Contact
from petition.models.event import SignatureEvent
from petition.models.limits import DailyKey, TokenBucket
from petition.models.pending import PendingSignature
from petition.models.petition import OfficeHolder, Petition
from petition.models.service_settings import ServiceSettings
from petition.models.signature import Signature
from petition.models.suppression import Suppression
from petition.models.tally import Total
from petition.models.text import ConsentText, ConsentWording, PetitionText

__all__ = [
    "Consent",
    "ConsentText",
    "ConsentWording",
    "Contact",
    "DailyKey",
    "OfficeHolder",
    "PendingSignature",
    "Petition",
    "PetitionText",
    "ServiceSettings",
    "Signature",
    "SignatureEvent",
    "Suppression",
    "TokenBucket",
    "Total",
]
