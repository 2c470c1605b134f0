"""The numbers that form, privacy page and rules tell, read where they are used: page and deletion can't disagree."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import ngettext

from campaign.outbox import schedules
from petition import limits, links, periods

TOLD_IN_HOURS = timedelta(hours=72)  # up to here: "48 hours" says that it isn't two dates


def told_numbers() -> dict[str, str | int]:
    """Return every period in words of the active language, the age of signing, and how many mails one can cause
    a day."""
    return {
        "link": in_words(links.confirm_life()),
        "unconfirmed": in_words(periods.unconfirmed()),
        "supporter": in_words(periods.supporter()),
        "answer": in_words(limits.ANSWER_TIME),
        "refusal": in_words(periods.refusal()),
        "proof": in_words(periods.proof()),
        "names_after_opening": in_months(settings.KEEP_NAMES_MONTHS_AFTER_OPENING),
        "names_after_delivery": in_months(settings.KEEP_NAMES_MONTHS_AFTER_DELIVERY),
        "age": settings.SIGNING_AGE,
        "counters": in_words(limits.BUCKET_LIFE),
        "deliveries": in_words(schedules.KEEP_DONE),
        "refused_endorsement": in_months(limits.REFUSED_ENDORSEMENT_MONTHS),
        "staff_log": in_months(settings.KEEP_STAFF_LOG_MONTHS),
        "backup": in_words(limits.BACKUP_LIFE),
        "erasure_line": in_words(limits.ERASURE_LINE_LIFE),
        "not_me": in_words(limits.NOT_ME_LIFE),
        "challenge": in_words(limits.CHALLENGE_LIFE),
        "bounce": in_words(periods.BOUNCE_LIFE),
        "pause": in_words(periods.PAUSE),
        "reminder": in_words(limits.REMINDER_AFTER),
        "change_link": in_words(links.CHANGE_LIFE),
        "mails_a_day": limits.MAILS_PER_ADDRESS_AND_DAY,
    }


def in_words(period: timedelta) -> str:
    """Return a period as people say it: whole years, minutes and hours up to three days, else days."""
    if period % periods.YEAR == timedelta(0):
        years = period // periods.YEAR
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    if period < timedelta(hours=1):
        minutes = period // timedelta(minutes=1)
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    if period <= TOLD_IN_HOURS:
        hours = period // timedelta(hours=1)
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return ngettext("%(number)s day", "%(number)s days", period.days) % {"number": period.days}


def in_months(months: int) -> str:
    """Return a number of calendar months as people say it."""
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
