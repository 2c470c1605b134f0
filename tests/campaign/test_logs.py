"""A log line says what happened to which row, never to whom."""

import logging
import sys

import pytest

from campaign.logs import ScrubbingFormatter, scrub
from petition.links import confirm_token, personal_token
from petition.models.pending import new_nonce


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("mail to elise@example.org refused", "mail to [address] refused"),
        ("jose@société.fr", "[address]"),
        (
            "DETAIL:  Key (email)=(a.b+c@example.org) already exists",
            "DETAIL:  Key (email)=([address]) already exists",
        ),
        (
            'violates check constraint "c"\nDETAIL:  Failing row contains (7, Zoé, D’Arcy (née X), null).\n',
            'violates check constraint "c"\nDETAIL:  Failing row contains [values]\n',
        ),
        ("LINE 1: INSERT INTO t VALUES ('Zoé')\n   ^", "LINE 1: [values]\n   ^"),
        ("from 203.0.113.77 and 2001:db8:0:1:2:3:4:5", "from [ip] and [ip]"),
        ("from 2001:db8::77, ::1 and fe80::1:2", "from [ip], [ip] and [ip]"),
        ("tests/test_x.py::test_y at 12:34:56", "tests/test_x.py::test_y at 12:34:56"),
        ("2026-11-25 04:23:34,538 INFO worker started", "2026-11-25 04:23:34,538 INFO worker started"),
        (
            "in test_a_function_with_a_rather_long_name_indeed",
            "in test_a_function_with_a_rather_long_name_indeed",
        ),
        (
            'File "/srv/site/petition/views/sign.py", line 7',
            'File "/srv/site/petition/views/sign.py", line 7',
        ),
    ],
)
def test_what_names_a_person_is_masked_and_the_rest_is_kept(line, masked):
    assert scrub(line) == masked


def test_the_tokens_of_our_links_are_masked_whole():
    import uuid

    for _ in range(200):
        row = uuid.uuid4()
        for token in (confirm_token(row, new_nonce()), personal_token(row)):
            assert (
                scrub(f"Not Found: /signature/confirmation/{token}/")
                == "Not Found: /signature/confirmation/[token]/"
            )


def test_moments_are_utc_and_say_so():
    record = logging.LogRecord("essai", logging.INFO, "", 0, "Essai", None, None)
    record.created = 1_792_886_400.5  # 25 October 2026, 00:00 UTC: in Paris, an hour that comes twice
    record.msecs = 500
    assert ScrubbingFormatter("%(asctime)s %(message)s").format(record) == "2026-10-25T00:00:00.500Z Essai"


def test_arguments_and_tracebacks_are_masked_too():
    try:
        raise ValueError("duplicate key: elise@example.org")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "sent to %s", ("b@example.org",), sys.exc_info()
        )
    line = ScrubbingFormatter("%(message)s").format(record)
    assert "example.org" not in line
    assert "ValueError" in line


def test_every_line_of_the_site_goes_through_the_mask():
    from django.conf import settings

    assert settings.LOGGING["formatters"]["line"]["()"] == "campaign.logs.ScrubbingFormatter"
    handlers = settings.LOGGING["handlers"].values()
    assert {handler["formatter"] for handler in handlers} == {"line"}
