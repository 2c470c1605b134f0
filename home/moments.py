"""A moment as a reader is told it: « 20 novembre 2020, 6 h », in Paris."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext


def in_words(moment: datetime) -> str:
    """Return day and hour in the time zone of the settings (Paris) and the active language."""
    local = localtime(moment)
    # The patterns are Django's letters for dates; English leaves minutes out by itself.
    hour = pgettext("pattern of a time with its minutes", "P")
    if not local.minute:
        hour = pgettext("pattern of a whole hour", "P")
    return f"{date_format(local, gettext('j F Y'))}, {date_format(local, hour)}"
