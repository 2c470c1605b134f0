"""Prepare and open a petition: freeze what is signed, publish what is agreed to."""

from django.db import transaction
from django.utils import timezone

from petition.enums import PetitionState
from petition.models import Petition
from petition.services.wording import publish_consent_texts


@transaction.atomic
def open_petition(petition: Petition) -> None:
    """Freeze the texts, publish the consent words, and take signatures from now on."""
    now = timezone.now()
    petition.texts.filter(frozen_at__isnull=True).update(frozen_at=now)
    publish_consent_texts(petition)
    petition.state = PetitionState.OPEN
    petition.opened_at = petition.opened_at or now
    petition.save(update_fields=["state", "opened_at"])
