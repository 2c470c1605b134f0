"""The numbers that the privacy page and the rules tell, read where they are used: page and deletion can't disagree."""

from datetime import timedelta

from django.utils.translation import ngettext

from campaign.outbox import schedules
from petition import limits, links
from petition.services import retention, subscription

YEAR = timedelta(days=365)
TOLD_IN_HOURS = timedelta(hours=72)  # up to here: "48 hours" says that it isn't two dates


def told_numbers() -> dict[str, str | int]:
    """Return every period in words of the active language, and how many mails somebody can cause a day."""
    return {
        "link": in_words(links.CONFIRM_LIFE),
        "unconfirmed": in_words(retention.PENDING_LIFE),
        "supporter": in_words(retention.CONTACT_LIFE),
        "answer": in_words(retention.ANSWER_TIME),
        "proof": in_words(subscription.PROOF_LIFE),
        "counters": in_words(limits.BUCKET_LIFE),
        "deliveries": in_words(schedules.KEEP_DONE),
        "mails_a_day": limits.MAILS_PER_ADDRESS_AND_DAY,
    }


def in_words(period: timedelta) -> str:
    """Return a period as people say it: whole years, hours up to three days, else days."""
    if period % YEAR == timedelta(0):
        years = period // YEAR
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    if period <= TOLD_IN_HOURS:
        hours = period // timedelta(hours=1)
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    return ngettext("%(number)s day", "%(number)s days", period.days) % {"number": period.days}
