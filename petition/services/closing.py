"""Close a petition, and open it again: by hand, or by the clock when its closing moment has passed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from petition import periods
from petition.enums import PetitionState
from petition.models import PendingSignature, Petition
from petition.services.ending import has_begun


@dataclass(frozen=True)
class Waiting:
    """How many signatures wait for their confirmation, and the last moment at which one may come; None for none."""

    number: int
    until: datetime | None


@transaction.atomic
def close_petition(petition: Petition) -> bool:
    """Take no more signatures from now on; False, and nothing changes, where the petition isn't open.

    `closes_at` becomes this moment unless it is past already. One that has not begun to take signatures keeps its
    dates: it can't close before it opens.
    """
    now = timezone.now()
    held = _held(petition)
    if held.state != PetitionState.OPEN:
        return _as_stored(petition, held)
    has_begun = held.opens_at is None or held.opens_at < now
    if has_begun and (held.closes_at is None or held.closes_at > now):
        held.closes_at = now
    return _store(petition, held, PetitionState.CLOSED)


@transaction.atomic
def reopen_petition(petition: Petition) -> bool:
    """Take signatures again, without a closing moment; False, and nothing changes, where it isn't closed.

    Nor where names have been erased: nobody could tell who has signed already.
    """
    held = _held(petition)
    if held.state != PetitionState.CLOSED:
        return _as_stored(petition, held)
    if has_begun(held):
        return _as_stored(petition, held)
    held.closes_at = None
    return _store(petition, held, PetitionState.OPEN)


def close_those_due(now: datetime) -> int:
    """Close the open petitions whose closing moment has passed; return how many."""
    due = Petition.objects.filter(state=PetitionState.OPEN, closes_at__lte=now)
    return due.update(state=PetitionState.CLOSED)


def waiting_for_confirmation(petition: Petition) -> Waiting:
    """Return what may still be added to a petition's count once it is closed; trials are nothing that counts."""
    pending = PendingSignature.objects.filter(petition=petition, trial=False)
    told = pending.aggregate(number=Count("pk"), newest=Max("received_at"))
    return Waiting(told["number"], told["newest"] + periods.unconfirmed() if told["newest"] else None)


def _held(petition: Petition) -> Petition:
    return Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)


def _as_stored(petition: Petition, held: Petition) -> bool:
    petition.state, petition.closes_at = held.state, held.closes_at
    return False


def _store(petition: Petition, held: Petition, state: PetitionState) -> bool:
    held.state = state
    held.save(update_fields=["state", "closes_at"])
    petition.state, petition.closes_at = state, held.closes_at
    return True
