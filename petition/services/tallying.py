"""The roll-up: events counted by the hour, up to a moment before which none is missing.

On PostgreSQL an event carries its transaction's number, and all transactions before the oldest one still running have
ended: up to there nothing can come any more. A clock or the row's number would lose the events of long transactions.
SQLite has one writer at a time, so there the row's number will do.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncHour
from django.utils import timezone

from petition import sql
from petition.enums import EventKind, SignatureState, TallyKind
from petition.models import HourlyTally, Petition, RollUp, SignatureEvent

AT_ONCE = 50_000  # events per transaction, so that the first roll-up of an old site holds nothing for long
# No event tells of these.
BEFORE_SIGNING = (TallyKind.RECEIVED, TallyKind.MAILED, TallyKind.EXPIRED, TallyKind.BOUNCED)
BEGIN_TO_COUNT = (TallyKind.CONFIRMED, TallyKind.RELEASED, TallyKind.RESTORED)
CEASE_TO_COUNT = (TallyKind.WITHDRAWN, TallyKind.INVALIDATED, TallyKind.TAKEN_OUT)

# What an event changed, where its kind alone does not say.
BOOKED_AS = Case(
    When(kind=EventKind.HELD, delta=-1, then=Value(TallyKind.TAKEN_OUT)),
    When(kind=EventKind.INVALIDATED, delta=0, then=Value(TallyKind.HELD_ASIDE)),
    When(kind=EventKind.RESTORED, delta=0, then=Value(TallyKind.ASIDE_HELD)),
    When(kind=EventKind.WITHDRAWN, delta=0, was=SignatureState.HELD, then=Value(TallyKind.HELD_LEFT)),
    When(kind=EventKind.WITHDRAWN, delta=0, then=Value(TallyKind.ASIDE_LEFT)),
    default=F("kind"),
    output_field=CharField(),
)


class Reach(NamedTuple):
    """How far one may count: this transaction's number, the first one that may still change, the first not begun."""

    own: int
    complete: int
    next: int


def add(petition_id: int, kind: TallyKind, place: str, moment: datetime, number: int = 1) -> None:
    """Count what no event tells of, in the caller's transaction: what is before signing. `moment` is aware."""
    sql.add_to_tallies([(petition_id, _hour(moment), place, kind, number)])


def roll_up() -> int:
    """Count all events that are complete, and return how many; safe beside other workers, and at any time.

    Each batch is one transaction that holds the roll-up's row: no two workers count the same event.
    """
    counted = 0
    while True:
        number, done = _roll_up_batch()
        counted += number
        if done:
            return counted


@transaction.atomic
def rebuild(petition: Petition) -> None:
    """Count a petition's events anew, up to where all are rolled up; what no event tells of stays."""
    held = _hold()
    sql.delete_rows(HourlyTally.objects.filter(petition=petition).exclude(kind__in=BEFORE_SIGNING))
    _book(rolled_up(held).filter(petition=petition))


@transaction.atomic
def compare(*, fix: bool = False) -> list[Petition]:
    """Return the petitions whose hourly numbers differ from the events that are rolled up; with `fix`, count them anew.

    The roll-up waits meanwhile, and what is rolled up does not change any more: two statements tell the same moment.
    """
    held = _hold()
    told = HourlyTally.objects.exclude(kind__in=BEFORE_SIGNING).order_by().values_list("petition", "kind")
    by_hour = dict(_by_petition(told.annotate(number=Sum("number"))))
    events = rolled_up(held).order_by().values_list("petition", BOOKED_AS)
    by_event = dict(_by_petition(events.annotate(number=Count("pk"))))
    differing = {petition_id for (petition_id, _), _ in by_hour.items() ^ by_event.items()}
    found = list(Petition.objects.filter(pk__in=differing).order_by("pk"))
    for petition in found if fix else []:
        rebuild(petition)
    return found


def rolled_up(held: RollUp) -> QuerySet[SignatureEvent]:
    """Return the events that a roll-up says are in."""
    if connection.vendor != "postgresql":
        return SignatureEvent.objects.filter(pk__lt=held.cursor)
    return SignatureEvent.objects.filter(Q(transaction__lt=held.cursor) | Q(pk__lte=held.floor))


def state_of_roll_up() -> RollUp | None:
    """Return how far the roll-up is; None before its first run."""
    return RollUp.objects.filter(pk=1).first()


@transaction.atomic
def _roll_up_batch() -> tuple[int, bool]:
    begun = timezone.now()
    held = _hold()
    if connection.vendor != "postgresql":
        return _batch_of_rows(held)
    moved = _from_another_server(held) if held.cursor > _reach().next else 0
    reach = _reach()
    events = SignatureEvent.objects.filter(transaction__gte=held.cursor, pk__gt=held.floor)
    later = events.filter(transaction__lt=reach.complete).order_by("transaction")
    upto = later.values_list("transaction", flat=True)[AT_ONCE : AT_ONCE + 1].first()
    upto = (
        reach.complete if upto is None else max(upto, held.cursor + 1)
    )  # at least one transaction, however long
    number = _book(events.filter(transaction__lt=upto)) + moved
    done = upto >= reach.complete
    held.cursor = max(held.cursor, upto)
    if done:
        _tell_moment(held, reach, begun)
    held.save()
    return number, done


def _batch_of_rows(held: RollUp) -> tuple[int, bool]:
    last = SignatureEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    upto = min(last + 1, held.cursor + AT_ONCE)
    number = _book(SignatureEvent.objects.filter(pk__gte=held.cursor, pk__lt=upto))
    held.cursor = max(held.cursor, upto)
    done = upto > last
    if done:
        held.as_of = timezone.now()  # nobody else writes while this transaction does
    held.save()
    return number, done


def _tell_moment(held: RollUp, reach: Reach, begun: datetime) -> None:
    """Move `as_of` to the last moment before which nothing can be missing.

    Whoever committed before this transaction took its number has a smaller one. While something older still runs, the
    mark of an earlier roll-up tells as much of that roll-up's moment.
    """
    if reach.complete >= reach.own:
        held.as_of = max(held.as_of, begun)
    elif held.marked_at and reach.complete >= held.mark:
        held.as_of = max(held.as_of, held.marked_at)
    if held.marked_at is None or reach.complete >= held.mark:
        held.mark, held.marked_at = reach.own, begun


def _from_another_server(held: RollUp) -> int:
    """After a backup was restored elsewhere: count what came along, and follow this server's numbers from now on."""
    with (
        connection.cursor() as cursor
    ):  # nobody signs for a moment: what is there now came along, or is counted next
        cursor.execute("LOCK TABLE petition_signatureevent IN SHARE MODE")
    came_along = Q(happened_at__lt=held.as_of) | Q(transaction__gte=_reach().next)
    last = SignatureEvent.objects.filter(came_along).aggregate(last=Max("pk"))["last"] or 0
    number = _book(SignatureEvent.objects.filter(transaction__gte=held.cursor, pk__gt=held.floor))
    held.floor, held.cursor, held.mark, held.marked_at = last, 0, 0, None
    return number


def _reach() -> Reach:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_current_xact_id()::text::bigint, pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        )
        return Reach(*cursor.fetchone())


def _hold() -> RollUp:
    RollUp.objects.bulk_create([RollUp(pk=1, as_of=datetime.fromtimestamp(0, UTC))], ignore_conflicts=True)
    return RollUp.objects.select_for_update().get(pk=1)


def _book(events: QuerySet[SignatureEvent]) -> int:
    groups = (
        events.order_by()
        .values_list("petition_id", TruncHour("happened_at", tzinfo=UTC), "place", BOOKED_AS)
        .annotate(number=Count("pk"))
    )
    rows = [
        (petition_id, _hour(hour), place, kind, number) for petition_id, hour, place, kind, number in groups
    ]
    sql.add_to_tallies(rows)
    return sum(row[-1] for row in rows)


def _by_petition(rows: QuerySet) -> Iterator[tuple[tuple[int, str], int]]:
    for petition_id, kind, number in rows:
        if number:
            yield (petition_id, kind), number


def _hour(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
