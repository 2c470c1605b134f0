"""States of the pages about the number: how it is counted, the latest names, the ways to pass the petition on."""

from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone

from petition.enums import TallyKind
from petition.models import GoalShown, OfficeHolder, RollUp
from petition.services.tallying import add
from tests.access.state import State
from tests.access.world import World


def _not_added_up(world: World, language: str) -> HttpResponse:
    RollUp.objects.all().delete()
    return world.get("how_we_count", world.delivered.slug)


def _how_we_count(world: World, language: str) -> HttpResponse:
    """With a month of days, a history of goals and of the addressed office."""
    petition, now = world.closed, timezone.now()
    RollUp.objects.update_or_create(pk=1, defaults={"as_of": now, "cursor": 1})
    for days in range(40):
        for kind, number in (
            (TallyKind.RECEIVED, 1_500),
            (TallyKind.CONFIRMED, 1_234),
            (TallyKind.WITHDRAWN, 3),
        ):
            add(petition.pk, kind, "FR-75", now - timedelta(days=days), number)
    for goal, day in ((1_000, 1), (5_000, 2)):
        since = datetime(2026, 11, day, tzinfo=UTC)
        GoalShown.objects.get_or_create(petition=petition, since=since, defaults={"goal": goal})
    note = {"name": "Essai, au ministère des essais", "note": "Après un essai de remaniement."}
    OfficeHolder.objects.get_or_create(petition=petition, as_of=date(2026, 11, 20), defaults=note)
    return world.get("how_we_count", petition.slug)


def _names(world: World, language: str) -> HttpResponse:
    for first_name in ("Camille", "חנה", "حسن"):
        world.signature(language, petition=world.closed, is_public=True, first_name=first_name)
    return world.get("latest_names", world.closed.slug)


def _instance(typed: str):
    def ask(world: World, language: str) -> HttpResponse:
        return world.post("share", world.petition.slug, data={"instance": typed})

    return ask


STATES = [
    State("how we count, not added up yet", "petition/how_we_count.html", _not_added_up),
    State("how we count", "petition/how_we_count.html", _how_we_count),
    State(
        "no latest names",
        "petition/latest_names.html",
        lambda world, language: world.get("latest_names", world.delivered.slug),
    ),
    State("latest names", "petition/latest_names.html", _names),
    State(
        "pass it on",
        "petition/share.html",
        lambda world, language: world.get("share", world.petition.slug),
    ),
    State("pass it on, on Mastodon", "petition/share.html", _instance("mastodon.example")),
    State("pass it on, no such instance", "petition/share.html", _instance("a b"), 422),
]
