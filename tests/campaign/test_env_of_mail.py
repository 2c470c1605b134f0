"""The settings of returned mail: a wrong one stops the start in words, and never shows its value."""

import pytest

from campaign import env
from tests.campaign.test_env import start

MAILBOX = "pop3s://retours:hidden-password@mail.example.org:995"
ADDRESS = "retours@petition.example.org"


def test_address_mailbox_and_secret_may_be_set_or_left_out():
    for changes in (
        {"BOUNCE_ADDRESS": ADDRESS},
        {
            "BOUNCE_ADDRESS": ADDRESS,
            "BOUNCE_MAILBOX_URL": MAILBOX,
            "MAIL_HOOK_SECRET": "0123456789abcdef" * 2,
        },
    ):
        assert start(**changes).startswith("started")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOUNCE_ADDRESS", "retours"),
        ("MAIL_HOOK_SECRET", "short"),
        ("BOUNCE_MAILBOX_URL", "pop3://retours:hidden-password@mail.example.org"),
    ],
)
def test_a_wrong_value_stops_the_start_and_is_not_shown(name, value):
    said = start(**{"BOUNCE_ADDRESS": ADDRESS, name: value})
    assert f"{name} is wrong: expected" in said
    assert "hidden-password" not in said


def test_a_mailbox_without_its_address_stops_the_start():
    assert "BOUNCE_ADDRESS is missing" in start(BOUNCE_MAILBOX_URL=MAILBOX)


@pytest.mark.parametrize(
    "text",
    [
        "a@b",
        "a+b@example.org",
        "a" * 25 + "@example.org",
        "a b@example.org",
        "a@example.org\nx",
        "@example.org",
    ],
)
def test_an_address_that_leaves_no_room_or_is_none_is_refused(text):
    with pytest.raises(ValueError, match="no address"):
        env.bounce_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "pop3s://mail.example.org",
        "pop3s://retours@mail.example.org",
        "pop3s://retours:x@mail.example.org/inbox",
        "pop3s://retours:x@mail.example.org:0",
        "imaps://retours:x@mail.example.org",
        "retours:x@mail.example.org",
    ],
)
def test_what_is_no_mailbox_is_refused(text):
    with pytest.raises(ValueError):
        env.pop_mailbox(text)


def test_the_parts_of_a_mailbox_are_read():
    assert env.pop_mailbox("pop3s://r%40x:p%3Aw@mail.example.org") == {
        "host": "mail.example.org",
        "port": 995,
        "user": "r@x",
        "password": "p:w",
        "is_secret": True,
    }
    assert env.pop_mailbox("pop3://r:p@127.0.0.1:1110")["is_secret"] is False
    assert env.pop_mailbox("") is None


@pytest.mark.parametrize(
    "text", ["a" * 40, "0123456789abcdef", "0123456789:bcdef" * 2, "0123456789/bcdef" * 2]
)
def test_a_secret_that_is_short_plain_or_no_part_of_an_address_is_refused(text):
    with pytest.raises(ValueError, match="guessed"):
        env.hook_secret(text)
