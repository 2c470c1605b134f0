"""The count: kept in step with every act, told in one sum, compared with its other two tellings."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from petition import sql
from petition.enums import Channel, EventKind, PetitionState, SignatureState
from petition.models import Petition, Signature, SignatureEvent, Total
from petition.models.tally import SLOTS

NEXT_GOAL_FROM = 0.9  # of a goal: from there on the next one shows, so that the bar keeps meaning something


@dataclass(frozen=True)
class Progress:
    """A petition's confirmed signatures at a moment (aware), and the goal of that moment."""

    count: int
    goal: int
    as_of: datetime
    state: PetitionState

    @property
    def percent(self) -> int:
        """How much of the goal is reached, never more than 100."""
        return min(100, self.count * 100 // self.goal) if self.goal else 100


def progress(petition: Petition) -> Progress:
    """Tell the count: one sum over a few rows, whatever the number of signatures."""
    total = Total.objects.filter(petition=petition).aggregate(sum=Sum("value"))["sum"] or 0
    return Progress(
        total, goal_for(total, petition.goal_steps), timezone.now(), PetitionState(petition.state)
    )


def goal_for(count: int, steps: list[int]) -> int:
    """Return the first step that is not nearly reached, or the last one."""
    return next((step for step in steps if count < step * NEXT_GOAL_FROM), steps[-1] if steps else 0)


def record(
    petition_id: int,
    kind: EventKind,
    delta: int,
    *,
    signature_uuid: UUID,
    place: str,
    moment: datetime,
    channel: Channel = Channel.WEB,
) -> None:
    """Write the event and change the total.

    Call it last in the act's transaction: the total's row is where all meet.
    """
    SignatureEvent.objects.create(
        petition_id=petition_id,
        kind=kind,
        happened_at=moment,
        place=place,
        channel=channel,
        delta=delta,
        signature_uuid=signature_uuid,
    )
    if delta:
        sql.add_to_total(petition_id, secrets.randbelow(SLOTS), delta)


@dataclass(frozen=True)
class Recount:
    """The three tellings of one petition's count, taken from one snapshot."""

    petition: Petition
    signatures: int
    events: int
    total: int

    @property
    def agrees(self) -> bool:
        """Whether all three say the same."""
        return self.signatures == self.events == self.total


def recount(*, fix: bool = False) -> list[Recount]:
    """Compare signatures, events and totals of every petition; with `fix`, add the difference to the total.

    The signatures are the truth. Read in one snapshot (REPEATABLE READ); mending adds what was missing then, so a
    signature confirmed meanwhile is not lost. A difference in the events is told and never mended: they are a record.
    """
    found = _read_tellings()
    for telling in found:
        if fix and telling.total != telling.signatures:
            sql.add_to_total(telling.petition.pk, 0, telling.signatures - telling.total)
    return found


def _read_tellings() -> list[Recount]:
    outermost = (
        not connection.in_atomic_block
    )  # the level can be set by a transaction's first statement alone
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        petitions = list(Petition.objects.order_by("pk"))
        counted = Q(state=SignatureState.CONFIRMED, trial=False)
        signatures = dict(Signature.objects.filter(counted).values_list("petition").annotate(n=Count("pk")))
        events = dict(SignatureEvent.objects.values_list("petition").annotate(n=Sum("delta")))
        totals = dict(Total.objects.values_list("petition").annotate(n=Sum("value")))
    return [
        Recount(
            petition, signatures.get(petition.pk, 0), events.get(petition.pk, 0), totals.get(petition.pk, 0)
        )
        for petition in petitions
    ]
