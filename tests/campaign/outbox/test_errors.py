import smtplib
from datetime import UTC, datetime

import pytest

from campaign.outbox.errors import LAST_ERROR_LENGTH, Later, Permanent, describe, place, scrub

ADDRESS = "jeanne.martin@example.org"
TOKEN = "eyJwIjoiNGY1ZTZhIn0:1tXyzA:x7Qh0c2m9d4Kq_-3bTgVwLr8"


@pytest.mark.parametrize(
    "text",
    [
        f"no mailbox {ADDRESS} here",
        f"no mailbox <{ADDRESS}>",
        f"for {ADDRESS},x@y",
        "for Jeanne.Martin%40example.org",
        '"jeanne martin"@example.org refused',
        f"To: Jeanne Martin <{ADDRESS}> refused",
        f'To: "Martin, Jeanne" <{ADDRESS}> refused',
        f"{{'{ADDRESS}': (550, b'no')}}",
        "jeanne.martin@exämple.org",
    ],
)
def test_no_address_nor_the_name_before_it_is_kept(text):
    kept = scrub(text).lower()
    assert "[address]" in kept
    for part in ("jeanne", "martin", "example", "@", "%40"):
        assert part not in kept


@pytest.mark.parametrize("text", [TOKEN, f"https://petition.example/signature/{TOKEN}/", f"token={TOKEN};"])
def test_no_link_or_token_is_kept(text):
    assert "x7Qh0c2m9d4Kq" not in scrub(text)
    assert "eyJwIjoi" not in scrub(text)


@pytest.mark.parametrize(
    "text", ["from 203.0.113.9 refused", "from 2001:db8::7:9 refused", "from ::1 refused"]
)
def test_no_network_address_is_kept(text):
    assert scrub(text) == "from [address] refused"


def test_the_values_that_a_database_appends_are_dropped():
    message = "null value in column violates not-null constraint\nDETAIL:  Failing row contains (Jeanne, x)."
    assert scrub(message) == "null value in column violates not-null constraint"


def test_an_ordinary_message_stays_readable():
    assert describe(ConnectionRefusedError(111, "Connection refused")) == (
        "ConnectionRefusedError: [Errno 111] Connection refused"
    )


def test_of_a_refused_recipient_only_the_codes_are_kept():
    error = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"5.1.1 no such user jeanne.martin here")})
    assert describe(error) == "SMTPRecipientsRefused: 550 5.1.1"


def test_of_refused_content_only_the_codes_are_kept():
    assert describe(smtplib.SMTPDataError(554, b"message to jeanne refused")) == "SMTPDataError: 554"


def test_an_error_without_words_speaks_through_its_cause():
    cause = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"5.1.1 no jeanne")})
    try:
        raise Permanent from cause
    except Permanent as error:
        assert describe(error) == "Permanent: SMTPRecipientsRefused: 550 5.1.1"


def test_a_description_fits_its_column():
    assert len(describe(RuntimeError("word " * 500))) <= LAST_ERROR_LENGTH


def test_a_line_without_an_end_is_scrubbed_in_no_time():
    assert scrub("a" * 200_000 + "@") == "[token]"


def test_an_error_without_any_words_is_its_class():
    assert describe(RuntimeError()) == "RuntimeError"


def test_the_place_of_an_error_names_files_and_lines_and_no_message():
    try:
        raise RuntimeError(ADDRESS)
    except RuntimeError as error:
        assert place(error).startswith("test_errors.py:")
        assert "jeanne" not in place(error)


def test_later_says_until_when():
    moment = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert Later(moment).until == moment
    assert str(Later(moment)) == "not before 2026-12-01 08:30 UTC"
