"""An address beside the API, for stories against real processes and for people who try the demo; loopback only.

GET  /control/requests   every request, in order
GET  /control/members    the list, by subscriber hash
GET  /control/mailed     who was sent a confirmation
GET  /control/forgotten  hashes deleted for good
GET  /control/faults     what is switched on
POST /control/fault      {"kind": "429", "times": 2, "email": …, "method": …, "path": …, "carried_out": false}
POST /control/clear      all faults off, waiting requests answered
POST /control/member     {"email": …, "status": "unsubscribed", "by_themselves": true}
POST /control/confirm, /control/looks-fake, /control/forget, /control/signed-up-too-often   {"email": …}
POST /control/require    {"tag": "FNAME"}
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .faults import KINDS

if TYPE_CHECKING:
    from .mailchimp import Mailchimp


def carry_out(fake: "Mailchimp", method: str, path: str, raw: bytes) -> tuple[int, Any]:
    """Status and answer to a look or a switch; 400 with the reason for what can't be understood."""
    word = path.removeprefix("/control").strip("/")
    try:
        if method == "GET":
            return look(fake, word)
        if method == "POST":
            return switch(fake, word, json.loads(raw) if raw else {})
    except (ValueError, TypeError, KeyError) as error:
        return 400, {"error": str(error)}
    return 405, {"error": "GET and POST only"}


def look(fake: "Mailchimp", word: str) -> tuple[int, Any]:
    """What the server knows."""
    with fake.lock:
        match word:
            case "requests":
                return 200, [request.as_dict() for request in fake.requests]
            case "members":
                return 200, {key: asdict(member) for key, member in fake.audience.members.items()}
            case "mailed":
                return 200, list(fake.audience.mailed)
            case "forgotten":
                return 200, list(fake.audience.forgotten)
            case "faults":
                return 200, [asdict(fault) for fault in fake.faults.on]
            case "":
                return 200, {"help": __doc__, "kinds of fault": KINDS, "list": fake.list_id}
    return 404, {"error": f"nothing at {word}"}


def switch(fake: "Mailchimp", word: str, given: dict) -> tuple[int, Any]:
    """Set up a state or a fault."""
    switches: dict[str, Callable[..., Any]] = {
        "fault": fake.fault,
        "clear": fake.clear_faults,
        "member": fake.add_member,
        "confirm": fake.confirm,
        "looks-fake": fake.looks_fake,
        "forget": fake.forget,
        "signed-up-too-often": fake.signed_up_too_often,
        "require": fake.require_merge_field,
    }
    if word not in switches:
        return 404, {"error": f"nothing at {word}"}
    switches[word](**given)
    return 200, {"done": word}
