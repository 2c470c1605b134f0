"""ALTCHA on our own server: the browser works something out, which costs a robot more than it costs a person.

Protocol 2, PBKDF2/SHA-256, as the package `altcha` has it. A challenge is signed and stored nowhere; it belongs to one
form, by its ticket. What was worked out is checked by two HMACs (0.05 ms) instead of being worked out again, since we
know the answer when we ask.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from functools import cache

from altcha import v2
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from petition.captcha.base import Judgement, Verdict
from petition.limits import CHALLENGE_COST, CHALLENGE_LIFE, CHALLENGE_TURNS_LEAST, CHALLENGE_TURNS_MOST

SALT = "petition.captcha.altcha"
ALGORITHM = "PBKDF2/SHA-256"
ANSWER_LENGTH = 2_000  # characters; ours have some 800
BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)  # what reading somebody's JSON may raise


class Altcha:
    """The check that is on unless staff choose another one, and whenever that one fails."""

    label = _("ALTCHA, on this site’s own server")
    disclosure = None
    field = "altcha"
    template = "petition/_altcha.html"

    def judge(self, answer: str, ticket: str) -> Judgement:
        """Judge the browser's answer, in base64."""
        if not answer:
            return Judgement(Verdict.ABSENT)
        if len(answer) > ANSWER_LENGTH:
            return Judgement(Verdict.FALSE)
        try:
            payload = v2.Payload.from_base64(answer)
            found = v2.verify_solution(payload, _key("challenge"), hmac_key_secret=_key("answer"))
            if not found.verified:
                return Judgement(Verdict.FALSE)
            return _judge_ours(payload.challenge.parameters, ticket)
        except BROKEN:
            return Judgement(Verdict.FALSE)


def new_challenge(ticket: str, *, turns: int | None = None) -> dict:
    """Return a challenge for the form with this ticket, as JSON has it; good for CHALLENGE_LIFE.

    How many turns it takes is drawn by lot, unless somebody who makes answers beforehand says so.
    Its end stands in the signed data, not in ALTCHA's own `expiresAt`: by that the widget would throw away an answer
    where a visitor's clock is wrong.
    """
    if turns is None:
        turns = CHALLENGE_TURNS_LEAST + secrets.randbelow(CHALLENGE_TURNS_MOST - CHALLENGE_TURNS_LEAST + 1)
    until = int((timezone.now() + CHALLENGE_LIFE).timestamp())
    challenge = v2.create_challenge(
        ALGORITHM,
        CHALLENGE_COST,
        counter=turns,
        data={"form": _name_of(ticket), "until": until},
        hmac_secret=_key("challenge"),
        hmac_key_secret=_key("answer"),
    )
    return challenge.to_dict()


def _judge_ours(parameters: v2.ChallengeParameters, ticket: str) -> Judgement:
    """Judge what we have signed ourselves."""
    data = parameters.data or {}
    if not constant_time_compare(data["form"], _name_of(ticket)):
        return Judgement(Verdict.FALSE)
    until = datetime.fromtimestamp(data["until"], tz=UTC)
    if until < timezone.now():
        return Judgement(Verdict.ABSENT)
    return Judgement(Verdict.GOOD, parameters.nonce + parameters.salt, until)


def _name_of(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()[:32]


def _key(purpose: str) -> bytes:
    return _derived(settings.FORM_SECRET, purpose)


@cache
def _derived(secret: str, purpose: str) -> bytes:
    """Derive a key of its own for each purpose: whoever learned one has neither the other nor the tickets' own."""
    return salted_hmac(f"{SALT}.{purpose}", "", secret=secret, algorithm="sha256").digest()
