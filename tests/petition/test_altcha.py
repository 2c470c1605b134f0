"""The form's own check, by its parts: what a challenge is, which answers are believed, and that each serves once."""

import base64
import json
from datetime import timedelta

import pytest
import time_machine
from altcha import v2
from django.core.management import call_command
from django.utils import timezone

from petition import crowd, limits
from petition.captcha import altcha
from petition.captcha.base import Verdict
from petition.enums import Reason
from petition.models import PendingSignature, UsedProof
from tests.answers import worked_out
from tests.factories import OpenPetitionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/signature/verification/"


def sent_earlier(petition, visitor, seconds: float = 10, **values) -> dict:
    """Return a good form that was shown some seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds)):
        return visitor.form_of(petition, **values)


def send(petition, visitor, data: dict, **values) -> PendingSignature:
    """Send a form, which is taken whatever comes with it; return the row."""
    data = {name: value for name, value in {**data, **values}.items() if value is not None}
    assert visitor.send(f"/petitions/{petition.slug}/signature/", data).status_code == 303
    return PendingSignature.objects.get(email=data["email"])


def ask(visitor, ticket: str, **headers):
    return visitor.client.get(ADDRESS, {"ticket": ticket}, headers=headers)


def altered(answer: str, **changes) -> str:
    """Return an answer whose signed parameters somebody has changed."""
    content = json.loads(base64.b64decode(answer))
    content["challenge"]["parameters"] |= changes
    return base64.b64encode(json.dumps(content).encode()).decode()


class TestTheChallenge:
    def test_it_is_kept_by_nobody_and_stores_nothing(self, petition, visitor, django_assert_num_queries):
        ticket = visitor.form_of(petition)["ticket"]
        with django_assert_num_queries(0):
            first, second = ask(visitor, ticket), ask(visitor, ticket)
        assert first.status_code == second.status_code == 200
        assert first["Cache-Control"] == "no-store"
        assert not first.cookies
        assert first.json()["signature"] != second.json()["signature"]

    def test_what_a_browser_works_out_for_it_is_believed(self, petition, visitor):
        data = sent_earlier(petition, visitor)
        challenge = v2.Challenge.from_dict(ask(visitor, data["ticket"]).json())
        answer = v2.Payload(challenge, v2.solve_challenge(challenge)).to_base64()
        assert send(petition, visitor, data, altcha=answer).reasons == []

    def test_it_is_there_for_forms_of_ours_alone(self, petition, visitor):
        ticket = visitor.form_of(petition)["ticket"]
        for wrong in ("", "x", ticket[:-1], "\x00", "é"):
            assert ask(visitor, wrong).status_code == 400
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            assert ask(visitor, ticket).status_code == 400
        assert visitor.client.get(ADDRESS).status_code == 400
        assert visitor.client.post(ADDRESS, {"ticket": ticket}).status_code == 405

    def test_its_turns_lie_between_the_two_limits(self, monkeypatch):
        monkeypatch.setattr(altcha, "CHALLENGE_COST", 1)
        turns = set()
        for _ in range(400):
            challenge = v2.Challenge.from_dict(altcha.new_challenge("x"))
            turns.add(v2.solve_challenge(challenge).counter)
        assert min(turns) >= limits.CHALLENGE_TURNS_LEAST
        assert max(turns) <= limits.CHALLENGE_TURNS_MOST
        assert len(turns) > 30

    def test_a_network_gets_so_many_an_hour_and_no_other_is_hindered(self, petition, visitor, monkeypatch):
        monkeypatch.setattr(limits, "CHALLENGES_PER_NETWORK_AND_HOUR", 2)
        ticket = visitor.form_of(petition)["ticket"]
        greedy = [ask(visitor, ticket).status_code for _ in range(3)]
        assert greedy == [200, 200, 429]
        other = visitor.client.get(ADDRESS, {"ticket": ticket}, REMOTE_ADDR="203.0.113.7")
        assert other.status_code == 200
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert ask(visitor, visitor.form_of(petition)["ticket"]).status_code == 200

    def test_networks_that_are_made_up_fill_no_memory(self, monkeypatch):
        monkeypatch.setattr(crowd, "AT_MOST_NETWORKS", 3)
        now = timezone.now()
        for number in range(50):
            assert crowd.may_ask(f"6:{number:x}", now)
            assert len(crowd._asking._seen) <= 3

    def test_its_keys_are_nobody_elses(self, settings):
        keys = {altcha._key("challenge"), altcha._key("answer"), settings.FORM_SECRET.encode()}
        assert len(keys) == 3
        settings.FORM_SECRET = "another-form-secret-another-form-secret"
        assert altcha._key("challenge") not in keys


class TestTheAnswer:
    def test_without_one_the_form_is_taken_and_noted(self, petition, visitor):
        data = sent_earlier(petition, visitor)
        assert send(petition, visitor, data, altcha=None).reasons == [Reason.NO_SCRIPT]
        assert send(petition, visitor, data, altcha="", email="b@exemple.fr").reasons == [Reason.NO_SCRIPT]

    def test_a_form_without_one_must_be_eight_seconds_old(self, petition, visitor):
        with_answer = sent_earlier(petition, visitor, seconds=5)
        assert send(petition, visitor, with_answer).reasons == []
        without = send(petition, visitor, with_answer, altcha=None, email="b@exemple.fr")
        assert without.reasons == [Reason.NO_SCRIPT, Reason.TOO_FAST]

    def test_one_that_has_grown_old_is_as_none(self, petition, visitor):
        with time_machine.travel(timezone.now() - limits.CHALLENGE_LIFE - timedelta(seconds=1)):
            data = visitor.form_of(petition)
        assert send(petition, visitor, data).reasons == [Reason.NO_SCRIPT]
        assert not UsedProof.objects.exists()

    def test_a_form_left_open_for_three_hours_is_taken_with_a_fresh_answer(self, petition, visitor):
        data = sent_earlier(petition, visitor, seconds=3 * 3600)
        challenge = v2.Challenge.from_dict(ask(visitor, data["ticket"]).json())
        answer = v2.Payload(challenge, v2.solve_challenge(challenge)).to_base64()
        assert send(petition, visitor, data, altcha=answer).reasons == []

    def test_one_serves_once_and_nothing_is_lost(self, petition, visitor):
        data = sent_earlier(petition, visitor)
        assert send(petition, visitor, data, email="a@exemple.fr").reasons == []
        again = send(petition, visitor, data, email="b@exemple.fr")
        assert again.reasons == [Reason.PROOF]
        assert UsedProof.objects.count() == 1

    def test_one_of_another_form_or_petition_is_false(self, petition, visitor):
        data, other = sent_earlier(petition, visitor), sent_earlier(OpenPetitionFactory(), visitor)
        assert send(petition, visitor, data, altcha=other["altcha"]).reasons == [Reason.PROOF]

    @pytest.mark.parametrize(
        "answer",
        [
            "x",
            "é",
            "\x00",
            "e30=",
            "W10=",
            "x" * 3_000,
            base64.b64encode(b"[" * 1_000).decode(),
            base64.b64encode(b'{"challenge": "x", "solution": 1}').decode(),
            base64.b64encode(b'{"challenge": {"parameters": []}, "solution": {}}').decode(),
        ],
    )
    def test_what_is_no_answer_is_false_and_no_fault_of_the_server(self, petition, visitor, answer):
        data = sent_earlier(petition, visitor)
        assert send(petition, visitor, data, altcha=answer).reasons == [Reason.PROOF]

    def test_whatever_of_it_is_altered_it_is_false(self, petition, visitor):
        data = sent_earlier(petition, visitor)
        good = data["altcha"]
        later = {"form": altcha._name_of(data["ticket"]), "until": 2**40}
        for change in (
            {"cost": 2},
            {"nonce": "00" * 16},
            {"data": None},
            {"data": later},
            {"keySignature": None},
        ):
            assert altcha.Altcha().judge(altered(good, **change), data["ticket"]).verdict == Verdict.FALSE
        content = json.loads(base64.b64decode(good))
        for solution in ({"counter": 0, "derivedKey": "00" * 32}, {"counter": 0, "derivedKey": None}):
            wrong = base64.b64encode(json.dumps(content | {"solution": solution}).encode()).decode()
            assert altcha.Altcha().judge(wrong, data["ticket"]).verdict == Verdict.FALSE
        assert altcha.Altcha().judge(good, data["ticket"]).verdict == Verdict.GOOD

    def test_somebody_elses_key_signs_nothing(self, petition, visitor, settings):
        data = sent_earlier(petition, visitor)
        ours, settings.FORM_SECRET = settings.FORM_SECRET, "another-form-secret-another-form-secret"
        forged = worked_out(data["ticket"])
        settings.FORM_SECRET = ours
        assert send(petition, visitor, data, altcha=forged).reasons == [Reason.PROOF]

    def test_a_form_that_is_not_good_uses_nothing_up(self, petition, visitor):
        data = sent_earlier(petition, visitor)
        answer = visitor.send(f"/petitions/{petition.slug}/signature/", {**data, "first_name": ""})
        assert answer.status_code == 422
        assert not UsedProof.objects.exists()
        assert send(petition, visitor, data).reasons == []

    def test_used_ones_go_once_they_would_be_too_old(self, petition, visitor):
        send(petition, visitor, sent_earlier(petition, visitor))
        call_command("expire_signatures")
        assert UsedProof.objects.count() == 1
        with time_machine.travel(timezone.now() + limits.CHALLENGE_LIFE):
            call_command("expire_signatures")
        assert not UsedProof.objects.exists()
