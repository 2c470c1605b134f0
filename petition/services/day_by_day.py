"""What became of a petition's forms and mails, day by day, for those who look after it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.utils import timezone

from petition.enums import TallyKind
from petition.models import Petition
from petition.services.figures import numbers_by_day
from petition.services.tallying import state_of_roll_up

SHOWN = 60  # days: two months of a campaign on one page; the public table has them all


@dataclass(frozen=True)
class Numbers:
    """What happened in a day, or in several; each at its own moment, so a mail may be of a form of the day before.

    `mailed` counts forms whose mail to confirm left; `confirmed` those that began to count by it, or once looked at;
    `set_aside` is less those restored, and may be negative; `withdrawn` are all that were taken back, counted or not.
    """

    received: int
    mailed: int
    returned: int
    confirmed: int
    to_look_at: int
    set_aside: int
    withdrawn: int
    never_confirmed: int


@dataclass(frozen=True)
class DayByDay:
    """The last days in Paris, the newest first, and their sums; as of a moment (aware)."""

    as_of: datetime
    days: list[tuple[date, Numbers]]
    total: Numbers


def day_by_day(petition: Petition) -> DayByDay | None:
    """Return the last 60 days, from the first of them on which something happened; None before the first roll-up.

    Two statements, whatever the number of days.
    """
    held = state_of_roll_up()
    if held is None:
        return None
    last = timezone.localdate(held.as_of)
    counted = numbers_by_day(petition, last - timedelta(days=SHOWN - 1))
    if not counted:
        return DayByDay(held.as_of, [], _told(Counter()))
    last = max(
        last, *counted
    )  # forms and mails are counted at once, before the roll-up has come to their day
    first = max(min(counted), last - timedelta(days=SHOWN - 1))
    days = [last - timedelta(days=ago) for ago in range((last - first).days + 1)]
    told = [(day, _told(counted.get(day, Counter()))) for day in days]
    return DayByDay(held.as_of, told, _sum(numbers for _day, numbers in told))


def _told(number: Counter) -> Numbers:
    def sum_of(*kinds: TallyKind) -> int:
        return sum(number[kind] for kind in kinds)

    put_aside = sum_of(TallyKind.INVALIDATED, TallyKind.HELD_ASIDE)
    return Numbers(
        received=number[TallyKind.RECEIVED],
        mailed=number[TallyKind.MAILED],
        returned=number[TallyKind.BOUNCED],
        confirmed=sum_of(TallyKind.CONFIRMED, TallyKind.RELEASED),
        to_look_at=sum_of(TallyKind.HELD, TallyKind.TAKEN_OUT, TallyKind.ASIDE_HELD),
        set_aside=put_aside - sum_of(TallyKind.RESTORED, TallyKind.ASIDE_HELD),
        withdrawn=sum_of(TallyKind.WITHDRAWN, TallyKind.HELD_LEFT, TallyKind.ASIDE_LEFT),
        never_confirmed=number[TallyKind.EXPIRED],
    )


def _sum(days: Iterable[Numbers]) -> Numbers:
    columns = list(days)
    return Numbers(**{each.name: sum(getattr(day, each.name) for day in columns) for each in fields(Numbers)})
