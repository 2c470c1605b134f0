"""A network that floods the form is answered shortly, and loses nothing; nobody else notices."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from petition import crowd, limits
from petition.models import PendingSignature
from tests.people import Form, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(petition) -> str:
    return f"/petitions/{petition.slug}/signature/"


@pytest.fixture
def flood(petition, visitor, path, monkeypatch):
    """Send forms until the network is answered shortly; return what was sent."""
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 2)
    data = visitor.form_of(petition, agree_public="on", postcode="75011")
    answers = [visitor.send(path, data) for _ in range(2 + crowd.REFUSED_IN_FULL)]
    assert {answer.status_code for answer in answers[:1]} == {303}
    assert {answer.status_code for answer in answers[2:]} == {429}
    return data


def test_the_first_who_are_refused_see_the_whole_page_and_then_a_short_one_asks_no_database(
    petition, visitor, path, flood, django_assert_num_queries
):
    with django_assert_num_queries(0):
        short = visitor.send(path, flood)
    assert short.status_code == 429
    assert short["Cache-Control"] == "no-store, private"
    assert "De très nombreuses signatures arrivent de votre réseau" in words_of(short)
    form = Form(short.content.decode(), "sign-form")
    assert form.action == path
    assert form.values == flood


def test_what_the_short_page_keeps_can_be_sent_again_once_there_is_room(
    petition, visitor, path, flood, monkeypatch
):
    kept = Form(visitor.send(path, flood).content.decode(), "sign-form").values
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 600)
    assert visitor.send(path, kept).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert visitor.send(path, kept).status_code == 303


def test_other_networks_are_not_hindered(petition, visitor, path, flood):
    other = visitor.form_of(petition, email="b@exemple.fr")
    assert visitor.send(path, other, REMOTE_ADDR="203.0.113.7").status_code == 303
    assert PendingSignature.objects.filter(email="b@exemple.fr").exists()


def test_a_flood_without_a_browsers_work_leaves_the_browsers_of_its_network_their_share(
    petition, visitor, path, monkeypatch
):
    monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 4)
    without = visitor.form_of(petition, altcha=None)
    answers = [visitor.send(path, without).status_code for _ in range(20)]
    assert answers.count(303) == 2
    assert visitor.sign(petition, email="b@exemple.fr").status_code == 303


def test_neither_what_we_do_not_ask_for_nor_what_is_too_long_is_shown_again(petition, visitor, path, flood):
    strange = {**flood, "x": "y", "remark": "robot", "first_name": "z" * 5_000}
    html = visitor.send(path, strange).content.decode()
    assert set(Form(html, "sign-form").values) == set(flood) - {"first_name"}
    assert len(html) < 5_000


def test_markup_in_what_was_typed_stays_text(petition, visitor, path, flood):
    html = visitor.send(path, {**flood, "last_name": '"><b>x'}).content.decode()
    assert "<b>x" not in html
    assert Form(html, "sign-form").values["last_name"] == '"><b>x'


def test_the_short_page_speaks_the_language_of_its_address(petition, visitor, flood):
    answer = visitor.send(f"/en/petitions/{petition.slug}/signature/", flood)
    assert answer.status_code == 429
    assert '<html lang="en">' in answer.content.decode()
    assert "What you typed is kept" in words_of(answer)


def test_the_limits_of_forged_headers_are_those_of_their_sender(petition, visitor, path, flood):
    for number in range(5):
        forged = {"Origin": "http://testserver", "X-Forwarded-For": f"198.51.{number}.1"}
        assert visitor.send(path, flood, headers=forged).status_code == 429


def test_a_proxy_that_is_trusted_tells_its_clients_apart(petition, visitor, path, flood, settings):
    from campaign import env

    settings.TRUSTED_PROXIES = env.networks("127.0.0.1")
    other = visitor.form_of(petition, email="b@exemple.fr")
    told = {"Origin": "http://testserver", "X-Forwarded-For": "198.51.100.9, 203.0.113.7"}
    assert visitor.send(path, other, headers=told).status_code == 303
