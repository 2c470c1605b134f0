"""How supporters stand with the list, in a few figures."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from petition.enums import ContactState, ListState
from petition.models import Contact

REFUSED = (ListState.REFUSED, ListState.OWN_HAND)


@dataclass(frozen=True)
class Supporters:
    """How many want news; of whom the list has not been told, since when; whom it refused; who left."""

    subscribed: int
    waiting: int
    waiting_since: datetime | None
    refused: int
    left: int


def supporters_now() -> Supporters:
    """Count supporters by what staff may have to see to; one statement."""
    waits = Q(provider_state=ListState.WAITING)
    figures = Contact.objects.aggregate(
        subscribed=Count("pk", filter=Q(state=ContactState.SUBSCRIBED)),
        waiting=Count("pk", filter=waits),
        waiting_since=Min("state_changed_at", filter=waits),
        refused=Count("pk", filter=Q(provider_state__in=REFUSED)),
        left=Count("pk", filter=~Q(state=ContactState.SUBSCRIBED)),
    )
    return Supporters(**figures)


def to_be_tried_again():
    """Return the contacts that wait or were refused: those that one button asks the list for once more."""
    return Contact.objects.filter(provider_state__in=[ListState.WAITING, ListState.REFUSED])
