"""Organisations that endorse a petition, whole and true to the constraints."""

from datetime import timedelta

import factory
from django.utils import timezone

from petition.email_address import email_key
from petition.enums import EndorsementState
from petition.models import Endorsement
from petition.models.text import digest


class EndorsementFactory(factory.django.DjangoModelFactory):
    """One that its mailbox has confirmed, and that waits for staff."""

    class Meta:
        model = Endorsement

    state = EndorsementState.CONFIRMED
    language = "fr"
    name = factory.Sequence(lambda n: f"Association d’essai {n}")
    country = "FR"
    siren = ""
    website = "https://asso.example.org"
    first_name = "Camille"
    last_name = "Essai"
    role = "Présidente"
    email = factory.Sequence(lambda n: f"camille{n}@asso.example.org")
    email_key = factory.LazyAttribute(lambda row: email_key(row.email))
    statement = "Je parle au nom de cette organisation."
    statement_sha256 = factory.LazyAttribute(lambda row: digest(row.statement))
    received_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=5))
    confirmed_at = factory.LazyFunction(timezone.now)


class PublishedEndorsementFactory(EndorsementFactory):
    """One that stands on the wall."""

    state = EndorsementState.PUBLISHED
    decided_at = factory.LazyFunction(timezone.now)
    published_at = factory.LazyFunction(timezone.now)
