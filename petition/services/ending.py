"""When the names under a petition end: counted from its own opening and delivery, never from a page; who was warned."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from petition import periods
from petition.models import Petition, Signature

WARNED_AHEAD = (timedelta(days=60), timedelta(days=14))  # time to think it over, and time to stop it
LAST_WARNING = WARNED_AHEAD[-1]
LONGEST_POSTPONEMENT = timedelta(days=366)  # a year at a time, so that somebody decides again


class Warned(NamedTuple):
    """One warning that has left: about which day, how many days ahead it stands for, and when it left."""

    day: date
    ahead: timedelta
    at: datetime


def end_of_names(petition: Petition) -> datetime | None:
    """Return when names and addresses are due to be erased (Paris); None before the petition opens.

    So many months after the opening or after delivery, whichever comes first; or when staff have said instead.
    """
    if petition.names_kept_until is not None:
        return timezone.localtime(petition.names_kept_until)
    if petition.opened_at is None:
        return None
    end = periods.after_opening(petition.opened_at)
    if petition.delivered_at is None:
        return end
    return min(end, periods.after_delivery(petition.delivered_at))


def erased_from(petition: Petition) -> datetime | None:
    """Return from when on names are really erased: at their end, but two weeks after staff were warned of it.

    None while the last warning hasn't left: nobody's names vanish unwarned.
    """
    end = end_of_names(petition)
    last = [warned.at for warned in warnings_about(petition) if warned.ahead == LAST_WARNING]
    return max(end, min(last) + LAST_WARNING) if end and last else None


def warnings_about(petition: Petition) -> list[Warned]:
    """Return the warnings that have left about the present end; those about another day count no more."""
    end = end_of_names(petition)
    told = [
        Warned(date.fromisoformat(day), timedelta(days=days), datetime.fromisoformat(at))
        for day, days, at in petition.blanking_warnings
    ]
    return [warned for warned in told if end and warned.day == end.date()]


def warning_due(petition: Petition, now: datetime) -> timedelta | None:
    """Return which warning staff should get now: the most urgent one alone, once about each end; None for none."""
    end = end_of_names(petition)
    if end is None or petition.blanked_at is not None:
        return None
    due = [ahead for ahead in WARNED_AHEAD if now >= end - ahead]
    told = {warned.ahead for warned in warnings_about(petition)}
    return due[-1] if due and not any(ahead <= due[-1] for ahead in told) else None


@transaction.atomic
def note_warned(petition_pk: int, day: str, ahead: timedelta, now: datetime) -> None:
    """Write down that a warning has left; the first mail of several counts."""
    petition = Petition.objects.select_for_update(no_key=True).get(pk=petition_pk)
    known = {(told_day, days) for told_day, days, _at in petition.blanking_warnings}
    if (day, ahead.days) not in known:
        petition.blanking_warnings.append([day, ahead.days, now.isoformat()])
        petition.save(update_fields=["blanking_warnings"])


def waiting_names(petition: Petition) -> QuerySet[Signature]:
    """Return the signatures under a petition that still have a name."""
    return Signature.objects.filter(petition=petition, blanked_at__isnull=True)


def has_begun(petition: Petition) -> bool:
    """Whether names under a petition have been erased, all or some: then it can't take signatures any more.

    Nobody could tell any longer who has signed already.
    """
    if petition.blanked_at is not None:
        return True
    return Signature.objects.filter(petition=petition, blanked_at__isnull=False).exists()
