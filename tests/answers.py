"""What a browser works out for a form, without its work: by the server's own key, of a challenge that is easy."""

from unittest import mock

from altcha import v2

from petition.captcha import altcha


def worked_out(ticket: str) -> str:
    """Return a good answer for the form with this ticket, as it is posted: 0.3 ms instead of a browser's 100."""
    with mock.patch.object(altcha, "CHALLENGE_COST", 1):
        challenge = v2.Challenge.from_dict(altcha.new_challenge(ticket, turns=0))
    solution = v2.solve_challenge(challenge)
    assert solution
    return v2.Payload(challenge, solution).to_base64()
