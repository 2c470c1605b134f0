"""Write down that a petition has been delivered to its addressee, and take that back while no name is erased."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from petition import periods
from petition.enums import PetitionState
from petition.models import PendingSignature, Petition
from petition.services.ending import has_begun


@transaction.atomic
def deliver(petition: Petition, day: date) -> bool:
    """Write down that a closed petition was delivered on a day (Paris): its total is final from now on.

    False, and nothing changes, where it isn't closed, or the day lies ahead or before the opening. Names that staff
    keep longer end with the period after delivery as well, unless staff decide anew.
    """
    held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
    opened, today = held.opened_at, timezone.localdate()
    if held.state != PetitionState.CLOSED or opened is None or not timezone.localdate(opened) <= day <= today:
        return _as_stored(petition, held)
    noon = timezone.make_aware(datetime.combine(day, time(12)))
    moment = max(opened, min(noon, timezone.now()))
    held.state, held.delivered_at = PetitionState.DELIVERED, moment
    if held.names_kept_until is not None:
        held.names_kept_before = held.names_kept_until
        held.names_kept_until = min(held.names_kept_until, periods.after_delivery(moment))
    held.save(update_fields=["state", "delivered_at", "names_kept_until", "names_kept_before"])
    # Whoever is confirming has a row of these and is waited for; whoever begins waits for us, and finds it delivered.
    list(PendingSignature.objects.filter(petition=held).order_by("pk").select_for_update().values_list("pk"))
    _as_stored(petition, held)
    return True


@transaction.atomic
def take_delivery_back(petition: Petition) -> bool:
    """Make a delivered petition a closed one again; False, and nothing changes, once names have been erased.

    Names are kept again until the day that staff had named before, unless they have named another since.
    """
    held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
    if held.state != PetitionState.DELIVERED or has_begun(held):
        return _as_stored(petition, held)
    shortened = held.delivered_at and held.names_kept_until == periods.after_delivery(held.delivered_at)
    if shortened and held.names_kept_before:
        held.names_kept_until = held.names_kept_before
    held.state, held.delivered_at, held.names_kept_before = PetitionState.CLOSED, None, None
    held.save(update_fields=["state", "delivered_at", "names_kept_until", "names_kept_before"])
    _as_stored(petition, held)
    return True


def _as_stored(petition: Petition, held: Petition) -> bool:
    petition.state, petition.delivered_at = held.state, held.delivered_at
    petition.names_kept_until = held.names_kept_until
    return False
