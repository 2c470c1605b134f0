"""The end of names: once their time is over, names and addresses under a petition are erased, and every count stays.

Batch by batch, each a transaction: a run that is killed goes on where it stopped. A petition that still takes
signatures is closed first, since without fingerprints nobody could tell who has signed already.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from petition import sql
from petition.enums import PetitionState
from petition.models import Consent, PendingSignature, Petition, Signature
from petition.services.closing import close_petition
from petition.services.ending import erased_from, waiting_names
from petition.services.reasons_given import forget_reasons

AT_ONCE = 1000  # rows per transaction, so that no lock is held for long
AT_A_RUN = 50_000  # rows; some seconds, so that the mails behind it don't wait


@dataclass
class Blanked:
    """What a run did, or would do: names erased, petitions in which none is left, and those that failed."""

    names: int = 0
    done: int = 0
    failed: dict[int, Exception] | None = None


def due_petitions(now: datetime) -> list[Petition]:
    """Return the petitions whose names are over and not all erased, of which staff were warned in time."""
    waiting = Petition.objects.filter(opened_at__isnull=False, blanked_at__isnull=True).order_by("pk")
    return [petition for petition in waiting if _is_due(petition, now)]


def erase_names(now: datetime, *, dry_run: bool = False, at_a_run: int = AT_A_RUN) -> Blanked:
    """Erase the names that are over, at most `at_a_run`; with `dry_run` only count all of them.

    What fails in one petition keeps no other from its turn.
    """
    told, failed = Blanked(), {}
    for petition in due_petitions(now):
        if dry_run:
            told.names += waiting_names(petition).count()
            told.done += 1
            continue
        try:
            names, is_done = blank(petition, now, most=at_a_run - told.names)
        except Exception as error:  # whatever it is, other petitions' names are over too
            failed[petition.pk] = error
            continue
        told.names += names
        told.done += is_done
    told.failed = failed
    return told


def blank(petition: Petition, now: datetime, *, most: int = AT_A_RUN) -> tuple[int, bool]:
    """Erase up to `most` names under a petition whose time is over; return how many, and whether none is left.

    Nothing happens where staff have postponed the end meanwhile.
    """
    _close(petition, now)
    erased, last = 0, 0
    while erased < most:
        keys = _next_keys(petition, last, min(AT_ONCE, most - erased))
        if not keys:
            return erased, _finish(petition, now)
        if not _blank_batch(petition, keys, now):
            return erased, False
        erased, last = erased + len(keys), keys[-1]
    return erased, False


@transaction.atomic
def _close(petition: Petition, now: datetime) -> None:
    """Take no more signatures, and none that still waits for its mailbox."""
    held = _hold_if_due(petition, now)
    if held is None:
        return
    if held.state == PetitionState.OPEN:
        close_petition(held)
    sql.delete_rows(PendingSignature.objects.filter(petition=held))


@transaction.atomic
def _blank_batch(petition: Petition, keys: list[int], now: datetime) -> bool:
    """Erase these names; False, and none is, where the end has been postponed. The lock makes a postponement wait."""
    if _hold_if_due(petition, now) is None:
        return False
    sql.delete_rows(Consent.objects.filter(signature__in=keys))
    forget_reasons(
        Signature.objects.filter(pk__in=keys).exclude(state_reason="").values_list("pk", flat=True)
    )
    Signature.objects.filter(pk__in=keys).update(
        first_name=None,
        last_name=None,
        email=None,
        email_key=None,
        is_public=False,
        state_reason="",
        blanked_at=now,
    )
    return True


@transaction.atomic
def _finish(petition: Petition, now: datetime) -> bool:
    """Write down that no name is left, unless one has been confirmed meanwhile: then the next run goes on."""
    held = _hold_if_due(petition, now)
    if held is None:
        return False
    sql.delete_rows(PendingSignature.objects.filter(petition=held))  # waits for whoever is confirming
    if waiting_names(held).exists():
        return False
    held.blanked_at = petition.blanked_at = now
    held.save(update_fields=["blanked_at"])
    return True


def _next_keys(petition: Petition, last: int, most: int) -> list[int]:
    rows = waiting_names(petition).filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def _hold_if_due(petition: Petition, now: datetime) -> Petition | None:
    held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
    return held if held.blanked_at is None and _is_due(held, now) else None


def _is_due(petition: Petition, now: datetime) -> bool:
    start = erased_from(petition)
    return start is not None and start <= now
