"""How long data are kept, as the settings say: read at each use, so that what is told and what is deleted agree."""

from calendar import monthrange
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from petition.limits import REFUSED_ENDORSEMENT_MONTHS

YEAR = timedelta(days=365)
PAUSE = timedelta(days=7)  # a mailbox that was full or away gets no mail; after it one more may try
BOUNCE_LIFE = YEAR  # long enough to answer "why did I get nothing?"; what it led to is kept longer


def unconfirmed() -> timedelta:
    """Return how long what no mailbox confirmed is kept: a week for the link, a week to ask for another one."""
    return timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)


def supporter() -> timedelta:
    """Return how long after their last yes a supporter is asked again (CNIL); an opened mail is no yes."""
    return settings.KEEP_SUPPORTERS_YEARS * YEAR


def refusal() -> timedelta:
    """Return how long it is kept, by fingerprint, that somebody left the news: so long nobody puts them back."""
    return settings.KEEP_REFUSALS_YEARS * YEAR


def proof() -> timedelta:
    """Return how long an erased person's consent can still be proven, by fingerprint."""
    return settings.KEEP_PROOF_YEARS * YEAR


def after_opening(opened_at: datetime) -> datetime:
    """Return when the names under a petition end at the latest: calendar months on, at the same hour in Paris."""
    return _months_on(opened_at, settings.KEEP_NAMES_MONTHS_AFTER_OPENING)


def after_delivery(delivered_at: datetime) -> datetime:
    """Return when the names under a petition end once it is delivered: calendar months on, same hour in Paris."""
    return _months_on(delivered_at, settings.KEEP_NAMES_MONTHS_AFTER_DELIVERY)


def staff_log_from(now: datetime) -> datetime:
    """Return the moment before which acts of staff are forgotten."""
    return _months_on(now, -settings.KEEP_STAFF_LOG_MONTHS)


def refused_endorsements_from(now: datetime) -> datetime:
    """Return the moment before which endorsements that staff refused are forgotten."""
    return _months_on(now, -REFUSED_ENDORSEMENT_MONTHS)


def _months_on(moment: datetime, months: int) -> datetime:
    local = timezone.localtime(moment)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last_day = monthrange(year, month + 1)[1]  # a month after 31 January is the last day of February
    return local.replace(year=year, month=month + 1, day=min(local.day, last_day))
