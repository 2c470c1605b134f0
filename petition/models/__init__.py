"""The tables of the petition room."""

from petition.models.consent import Consent
from petition.models.contact import Contact
from petition.models.endorsement import Endorsement
from petition.models.event import SignatureEvent
from petition.models.limits import DailyKey, TokenBucket, UsedProof
from petition.models.pending import PendingSignature
from petition.models.petition import OfficeHolder, Petition
from petition.models.service_settings import ServiceSettings
from petition.models.signature import Signature
from petition.models.suppression import Bounce, Suppression
from petition.models.tally import GoalShown, HourlyTally, RollUp, Total
from petition.models.text import ConsentText, ConsentWording, FormRendering, PetitionText

__all__ = [
    "Bounce",
    "Consent",
    "ConsentText",
    "ConsentWording",
    "Contact",
    "DailyKey",
    "Endorsement",
    "FormRendering",
    "GoalShown",
    "HourlyTally",
    "OfficeHolder",
    "PendingSignature",
    "Petition",
    "PetitionText",
    "RollUp",
    "ServiceSettings",
    "Signature",
    "SignatureEvent",
    "Suppression",
    "TokenBucket",
    "Total",
    "UsedProof",
]
