"""Staff keep the names under a petition longer than the settings say: until a day, with a reason, a year at a time."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from petition.errors import PostponementRefused
from petition.models import Petition
from petition.services.ending import LONGEST_POSTPONEMENT, end_of_names


@transaction.atomic
def postpone(petition: Petition, until: date, why: str) -> None:
    """Have the names under a petition erased on the day `until` (Paris) and not before.

    Raises PostponementRefused, in words, and changes nothing.
    """
    held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
    if refusal := _refusal(held, until, why):
        raise PostponementRefused(refusal)
    moment = timezone.make_aware(datetime.combine(until, time()))
    held.names_kept_until = petition.names_kept_until = moment
    held.names_kept_why = petition.names_kept_why = why.strip()
    held.save(update_fields=["names_kept_until", "names_kept_why"])


def latest_day() -> date:
    """Return the last day to which names may be kept, as of today."""
    return timezone.localdate() + LONGEST_POSTPONEMENT


def _refusal(held: Petition, until: date, why: str) -> str:
    end = end_of_names(held)
    if end is None or held.blanked_at is not None:
        return _("No name under this petition is due to be erased.")
    if until <= max(end.date(), timezone.localdate()):
        return _("Choose a day after today and after the present end.")
    if until > latest_day():
        return _("At most a year from today: whoever is in charge then decides again.")
    if not why.strip():
        return _("Say why: it is kept with your name and the date.")
    return ""
