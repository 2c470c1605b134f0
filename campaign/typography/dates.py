"""Days and moments as they are read, for what no template's pass goes over: subjects, file names, pictures."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language

from campaign.typography.text import is_french, typeset_text


def day(value: date) -> str:
    """Return « 1er novembre 2020 » or “1 November 2020”, in the language of the moment.

    A datetime that knows its zone is told in the site's own (Paris).
    """
    return _written(value, "j F Y")


def moment(value: date) -> str:
    """Return « 1er novembre 2020 à 14 h 30 » or “1 November 2020, 14:30”: as `day()`, with the time of day."""
    return _written(value, "j F Y à G \\h i" if is_french(get_language() or "") else "j F Y, H:i")


def _written(value: date, shape: str) -> str:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return typeset_text(format_date(value, shape), get_language() or "")
