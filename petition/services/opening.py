"""Open a petition: nothing of the trials remains, and what people sign is frozen."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition import sql
from petition.enums import PetitionState
from petition.errors import NothingToSign, PetitionClosed
from petition.models import Consent, PendingSignature, Petition, Signature
from petition.services.wording import publish_consent_texts

MAILS_OF_PENDING = ("signature_mail", "reminder_mail")
MAILS_OF_SIGNATURES = ("thank_you_mail",)


@transaction.atomic
def open_petition(petition: Petition) -> int | None:
    """Remove the trials, freeze the texts, publish the consent words, and take signatures from now on.

    Returns how many trial signatures went, confirmed or not; None where the petition had opened before, and then
    nothing changes. Raises NothingToSign where it has no text in the site's main language.
    """
    held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
    if held.state != PetitionState.PREPARATION:
        petition.state, petition.opened_at = held.state, held.opened_at
        return None
    if not held.texts.filter(language=settings.LANGUAGE_CODE).exists():
        raise NothingToSign
    removed = _remove_trials(petition)
    now = timezone.now()
    petition.texts.filter(frozen_at__isnull=True).update(frozen_at=now)
    publish_consent_texts(petition)
    petition.state, petition.opened_at = PetitionState.OPEN, now
    petition.save(update_fields=["state", "opened_at"])
    return removed


def trials_of(petition: Petition) -> int:
    """Return how many trial signatures a petition has, confirmed or not."""
    return sum(
        model.objects.filter(petition=petition, trial=True).count() for model in (PendingSignature, Signature)
    )


def hold_in_preparation(petition: Petition) -> None:
    """Keep a petition from opening until the caller's transaction ends. Raises PetitionClosed if it has opened.

    So a trial is either there when opening looks for trials, or it isn't taken at all.
    """
    held = Petition.objects.select_for_update(no_key=True).filter(
        pk=petition.pk, state=PetitionState.PREPARATION
    )
    if not list(held.values_list("pk")):
        raise PetitionClosed


def _remove_trials(petition: Petition) -> int:
    pending = PendingSignature.objects.filter(petition=petition, trial=True)
    signatures = Signature.objects.filter(petition=petition, trial=True)
    # Mails first: a worker holds its task, and then the row that the mail is about.
    _drop_mails(MAILS_OF_PENDING, pending)
    _drop_mails(MAILS_OF_SIGNATURES, signatures)
    removed = sql.delete_rows(pending)
    sql.delete_rows(Consent.objects.filter(signature__in=signatures))
    return removed + sql.delete_rows(signatures)


def _drop_mails(kinds: tuple[str, ...], rows) -> None:
    subjects = [str(pk) for pk in rows.values_list("pk", flat=True)]
    OutboxTask.objects.owed().filter(kind__in=kinds, subject__in=subjects).delete()
