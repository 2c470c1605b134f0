"""The count: kept in step with every act, told in one sum, compared with its other two tellings."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Aggregate, BigIntegerField, Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from petition import sql
from petition.enums import Channel, EventKind, PetitionState
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
        """How much of the goal is reached, in whole percent: never below 0 or above 100, and 100 only once it is."""
        return max(0, min(100, self.count * 100 // self.goal)) if self.goal else 100

    @property
    def bar(self) -> int:
        """How many signatures the bar shows: it never runs past its goal."""
        return max(0, min(self.count, self.goal))

    @property
    def is_reached(self) -> bool:
        """Whether the goal is reached: the last of the steps, since a next one shows before."""
        return bool(self.goal) and self.count >= self.goal


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
    was: str | None = None,
) -> None:
    """Write the event and change the total; `was` is the signature's state before a withdrawal.

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
        was=was,
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


@transaction.atomic
def recount(*, fix: bool = False) -> list[Recount]:
    """Compare signatures, events and totals of every petition; with `fix`, add the difference to the total.

    The signatures are the truth. All three are read by one statement, so from one snapshot. Mending adds what was
    missing then, so a signature confirmed meanwhile is not lost; two that mend wait for each other. A difference in
    the events is told and never mended: they are a record.
    """
    if fix:
        # Not FOR UPDATE: that would stop everybody who confirms, since their rows point at the petition.
        list(Petition.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    found = _read_tellings()
    for telling in found:
        if fix and telling.total != telling.signatures:
            sql.add_to_total(telling.petition.pk, 0, telling.signatures - telling.total)
    return found


def _read_tellings() -> list[Recount]:
    counted = Signature.objects.confirmed()
    petitions = Petition.objects.order_by("pk").annotate(
        told_by_signatures=_of_each(counted, Count("pk")),
        told_by_events=_of_each(SignatureEvent.objects.all(), Sum("delta")),
        told_by_totals=_of_each(Total.objects.all(), Sum("value")),
    )
    return [
        Recount(each, each.told_by_signatures, each.told_by_events, each.told_by_totals) for each in petitions
    ]


def _of_each(rows: QuerySet, telling: Aggregate) -> Coalesce:
    """Return one petition's telling as part of a statement over all petitions; 0 where there are no rows."""
    mine = rows.filter(petition=OuterRef("pk")).order_by().values("petition").annotate(told=telling)
    return Coalesce(Subquery(mine.values("told")), 0, output_field=BigIntegerField())
