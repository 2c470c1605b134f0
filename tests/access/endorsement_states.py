"""States of the pages for organisations: the form, its links, and the wall."""

import time_machine
from django.http import HttpResponse
from django.utils import timezone

from petition import links
from petition.enums import EndorsementState
from petition.models import Endorsement
from petition.services.endorsing import statement
from petition.services.texts import current_text
from tests.access.state import Ask, State
from tests.access.world import World
from tests.factories.organisations import EndorsementFactory
from tests.petition.endorsements.conftest import picture

A_MONTH = 30 * 24 * 3600


def _row(world: World, language: str, **values) -> Endorsement:
    text = current_text(world.petition, language)
    assert text is not None
    given = {"petition": world.petition, "language": language, "email": world.mailbox(), "siren": "356000000"}
    return EndorsementFactory.create(statement=statement(world.petition, text), **{**given, **values})


def _waiting(world: World, language: str) -> HttpResponse:
    row = _row(world, language, state=EndorsementState.RECEIVED)
    return world.get("endorsement_confirm", links.endorsement_token(row.uuid))


def _expired(world: World, language: str) -> HttpResponse:
    row = _row(world, language, state=EndorsementState.RECEIVED)
    with time_machine.travel(timezone.now().timestamp() - A_MONTH, tick=False):
        token = links.endorsement_token(row.uuid)
    return world.get("endorsement_confirm", token)


def _page_of(state: EndorsementState) -> Ask:
    def ask(world: World, language: str) -> HttpResponse:
        row = _row(world, language, state=state, siren="", published_at=timezone.now())
        return world.get("endorsement_page", links.endorsement_page_token(row.uuid))

    return ask


def _withdrawn(world: World, language: str) -> HttpResponse:
    row = _row(world, language)
    row.delete()
    return world.get("endorsement_page", links.endorsement_page_token(row.uuid))


def _wall(world: World, language: str) -> HttpResponse:
    logo = {"logo": picture(size=(480, 240)), "logo_digest": "0" * 32, "logo_width": 480, "logo_height": 240}
    for values in (logo, {"website": "", "name": f"Fédération d’essai {'x' * 90}"}, {"name": "جمعية"}):
        _row(
            world,
            language,
            state=EndorsementState.PUBLISHED,
            published_at=timezone.now(),
            **{"siren": "", **values},
        )
    return world.get("endorsements", world.petition.slug)


STATES = [
    State(
        "no organisation yet",
        "petition/endorsements.html",
        lambda world, language: world.get("endorsements", world.closed.slug),
    ),
    State("organisations", "petition/endorsements.html", _wall),
    State(
        "form for organisations",
        "petition/endorse.html",
        lambda world, language: world.get("endorse", world.petition.slug),
    ),
    State(
        "form for organisations with mistakes",
        "petition/endorse.html",
        lambda world, language: world.post("endorse", world.petition.slug, data={"email": "x", "name": "x"}),
        422,
    ),
    State(
        "no form for organisations after delivery",
        "petition/endorse.html",
        lambda world, language: world.get("endorse", world.delivered.slug),
    ),
    State(
        "organisation, check your mailbox",
        "petition/endorsement_inbox.html",
        lambda world, language: world.get("endorsement_inbox", world.petition.slug),
    ),
    State("organisation, confirm", "petition/endorsement_confirm.html", _waiting),
    State("organisation, link too old", "petition/endorsement_gone.html", _expired, 410),
    State(
        "organisation, link altered",
        "petition/endorsement_gone.html",
        lambda world, language: world.get("endorsement_confirm", "altered"),
        404,
    ),
    *(
        State(f"organisation, {state.value}", "petition/endorsement_page.html", _page_of(state))
        for state in EndorsementState
    ),
    State("organisation, withdrawn", "petition/endorsement_withdrawn.html", _withdrawn, 410),
]
