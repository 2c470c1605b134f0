"""The figures behind the count, added up from the hours: parts that sum to the total, as of one moment."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from petition.enums import TallyKind
from petition.models import HourlyTally, Petition
from petition.services.tallying import state_of_roll_up

KEPT = 120  # seconds; figures of one moment never change, and the next moment comes after a minute


@dataclass(frozen=True)
class Figures:
    """What has become of all that was sent, until `as_of` (aware).

    confirmed + released + restored - withdrawn - set_aside - taken_out = total. What is looked at, and what stays set
    aside, is not in the total.
    """

    as_of: datetime
    received: int
    never_confirmed: int
    returned: int
    confirmed: int
    released: int
    restored: int
    withdrawn: int
    set_aside: int
    taken_out: int
    looked_at: int
    stay_aside: int

    @property
    def total(self) -> int:
        """The signatures that count."""
        return (
            self.confirmed + self.released + self.restored - self.withdrawn - self.set_aside - self.taken_out
        )


@dataclass(frozen=True)
class Day:
    """One day in Paris: what was received, began to count, was withdrawn, was set aside (restored ones less), and the
    total at its end; that of the running day is as of the figures' moment.
    """

    day: date
    received: int
    confirmed: int
    withdrawn: int
    set_aside: int
    total: int


def figures(petition: Petition) -> Figures | None:
    """Return a petition's figures as of the last roll-up; None before the first. One sum a minute, then remembered."""
    held = state_of_roll_up()
    if held is None:
        return None
    name = f"figures:{petition.pk}:{held.as_of.timestamp()}:{held.cursor}"
    return cache.get_or_set(name, lambda: _add_up(petition, held.as_of), KEPT)


def days(petition: Petition, as_of: datetime) -> list[Day]:
    """Return every day in Paris from the first on which something happened, or the petition opened, to that of `as_of`.

    Paris is whole hours away from UTC, so hours make whole days.
    """
    by_day = numbers_by_day(petition)
    opened = [timezone.localdate(petition.opened_at)] if petition.opened_at else []
    first, last = min([*opened, *by_day], default=None), timezone.localdate(as_of)
    return list(_told(by_day, first, last)) if first else []


def numbers_by_day(petition: Petition, since: date | None = None) -> dict[date, Counter]:
    """Return how often each kind was counted, by day in Paris, `since` one or from the first; one statement."""
    zone = timezone.get_default_timezone()
    rows = HourlyTally.objects.filter(petition=petition).order_by()
    if since is not None:
        rows = rows.filter(hour__gte=datetime.combine(since, time.min, tzinfo=zone))
    found: dict[date, Counter] = defaultdict(Counter)
    grouped = rows.values_list(TruncDate("hour", tzinfo=zone), "kind").annotate(number=Sum("number"))
    for day, kind, number in grouped:
        found[day][kind] = number
    return found


def _add_up(petition: Petition, as_of: datetime) -> Figures:
    rows = HourlyTally.objects.filter(petition=petition).order_by().values_list("kind")
    number = Counter(dict(rows.annotate(number=Sum("number"))))
    left_the_look = (TallyKind.RELEASED, TallyKind.HELD_ASIDE, TallyKind.HELD_LEFT)
    came_to_it = (TallyKind.HELD, TallyKind.TAKEN_OUT, TallyKind.ASIDE_HELD)
    left_aside = (TallyKind.RESTORED, TallyKind.ASIDE_HELD, TallyKind.ASIDE_LEFT)
    came_aside = (TallyKind.INVALIDATED, TallyKind.HELD_ASIDE)

    def sum_of(kinds: tuple[TallyKind, ...]) -> int:
        return sum(number[kind] for kind in kinds)

    return Figures(
        as_of=as_of,
        received=number[TallyKind.RECEIVED],
        never_confirmed=number[TallyKind.EXPIRED],
        returned=number[TallyKind.BOUNCED],
        confirmed=number[TallyKind.CONFIRMED],
        released=number[TallyKind.RELEASED],
        restored=number[TallyKind.RESTORED],
        withdrawn=number[TallyKind.WITHDRAWN],
        set_aside=number[TallyKind.INVALIDATED],
        taken_out=number[TallyKind.TAKEN_OUT],
        looked_at=sum_of(came_to_it) - sum_of(left_the_look),
        stay_aside=sum_of(came_aside) - sum_of(left_aside),
    )


def _told(by_day: dict[date, Counter], first: date, last: date) -> Iterator[Day]:
    total = 0
    for offset in range((last - first).days + 1):
        number = by_day.get(first + timedelta(days=offset), Counter())
        confirmed = number[TallyKind.CONFIRMED] + number[TallyKind.RELEASED]
        withdrawn = number[TallyKind.WITHDRAWN]
        set_aside = number[TallyKind.INVALIDATED] + number[TallyKind.TAKEN_OUT] - number[TallyKind.RESTORED]
        total += confirmed - withdrawn - set_aside
        yield Day(
            first + timedelta(days=offset), number[TallyKind.RECEIVED], confirmed, withdrawn, set_aside, total
        )
