"""The promise: nobody learns from the site whether somebody has signed."""

from collections.abc import Callable

import pytest
import requests

from tests.promises.conftest import People
from tests.real_site.site import SLUG
from tests.real_site.visitor import Person, Visitor, without_moment

MOMENTS = {"Date", "Expires"}  # all that may differ between two answers


def compared(answer: requests.Response, typed: Person) -> tuple:
    """Return all of an answer that a reader could compare: without moments, and without what they typed themselves."""
    body = without_moment(answer.text)
    for value in (typed.email, typed.first_name, typed.last_name):
        body = body.replace(value, "…").replace(value.replace("’", "&#x27;"), "…")
    headers = {name: value for name, value in answer.headers.items() if name not in MOMENTS}
    return answer.status_code, headers, body


def sign(visitor: Visitor, person: Person, language: str) -> list[requests.Response]:
    answer = visitor.sign(person, language)
    return [answer, visitor.read(answer.headers["Location"])]


def sign_with_a_mistake(visitor: Visitor, person: Person, language: str) -> list[requests.Response]:
    return [visitor.sign(person, language, agree_sign=None)]


def ask_for_the_mail_again(visitor: Visitor, person: Person, language: str) -> list[requests.Response]:
    prefix = "" if language == "fr" else f"/{language}"
    answer = visitor.send(f"{prefix}/signature/message/", {"email": person.email})
    return [answer, visitor.read(answer.headers["Location"])]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("act", [sign, sign_with_a_mistake, ask_for_the_mail_again])
def test_the_answer_is_the_same_whatever_is_known_of_an_address(
    site, people: People, someone, act: Callable[..., list[requests.Response]], language
):
    addresses = {
        "unknown": Person.somebody(),
        "pending": people.pending,
        "confirmed": people.confirmed,
        "withdrawn": people.withdrawn,
    }
    answers = {
        known: [compared(answer, person) for answer in act(someone, person, language)]
        for known, person in addresses.items()
    }
    for known, given in answers.items():
        assert given == answers["unknown"], f"{known} is told apart from unknown"
    site.wait_for_quiet()


def test_a_second_address_of_the_same_mailbox_is_answered_like_any_other(site, people, someone):
    box, host = people.confirmed.email.split("@")
    plus = Person("Zoé", "Autre", f"{box.lower()}+x@{host.upper()}", ())
    stranger = Person("Zoé", "Autre", Person.somebody().email, ())
    answers = [compared(answer, plus) for answer in sign(someone, plus, "fr")]
    assert answers == [compared(answer, stranger) for answer in sign(someone, stranger, "fr")]


def test_the_count_does_not_move_when_a_known_address_signs_again(site, people, someone):
    count = site.count()
    someone.sign(people.confirmed)
    site.wait_for_quiet()
    assert site.count() == count
    assert someone.read(f"/api/petitions/{SLUG}/count.json").json()["count"] == count
