"""What goes wrong between a browser, a cache and a form elsewhere: shared pages, lost input, forms sent twice."""

import html
import re
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition.models import PendingSignature
from tests.answers import worked_out
from tests.people import NORMAL_HEADERS, Form, Visitor

pytestmark = pytest.mark.django_db
EVIL = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:1",
    "https://testserver@evil.example",
    "%0d%0aLocation: https://evil.example",
]


@pytest.fixture
def page(campaign_petition, client) -> Form:
    """The form of the petition's page, as a cache has it."""
    return Form(client.get("/petition/").content.decode(), "sign-form")


@pytest.fixture
def person():
    """Somebody with a browser of their own, who fills in a form that is given to them."""

    def fill(form: Form, email: str, **more) -> dict:
        typed = {**Visitor.filled, "email": email, "agree_sign": "on"}
        return {**form.values, **typed, "altcha": worked_out(form.values["ticket"]), **more}

    return fill


def test_a_page_that_a_cache_gave_to_two_people_serves_both(page, person, visitor):
    assert visitor.send(page.action, person(page, "a@exemple.fr")).status_code == 303
    assert Visitor().send(page.action, person(page, "b@exemple.fr")).status_code == 303
    assert [row.reasons for row in PendingSignature.objects.all()] == [["too_fast"], ["too_fast"]]


def test_a_page_that_may_be_kept_holds_nothing_of_whoever_read_it_first(campaign_petition, client):
    with time_machine.travel(timezone.now(), tick=False):
        first = client.get("/petition/", headers={"Referer": "https://exemple.fr/", "Cookie": "a=b"})
        second = Client().get("/petition/", headers={"Accept-Language": "en"}, REMOTE_ADDR="203.0.113.7")
    assert first.content == second.content
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")


def test_what_one_person_typed_is_shown_to_nobody_else(page, person, visitor):
    refused = visitor.send(page.action, person(page, "a@exemple.fr", first_name="", last_name="Privé"))
    assert refused.status_code == 422
    assert "no-store" in refused["Cache-Control"]
    led = Client().get(page.action)
    assert led.status_code == 302
    assert "Privé" not in Client().get(led["Location"]).content.decode()
    done = visitor.send(page.action, person(page, "a@exemple.fr", last_name="Privé"))
    assert "Privé" not in Client().get(done["Location"]).content.decode()
    assert "exemple.fr" not in done["Location"]


def test_two_tabs_of_somebody_who_logs_in_between_are_both_taken(page, person, campaign_petition):
    browser = Client(enforce_csrf_checks=True)
    tabs = [Form(browser.get("/petition/").content.decode(), "sign-form") for _ in range(2)]
    user = get_user_model().objects.create_user("essai", password=None, is_superuser=True)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for number, tab in enumerate(tabs):
        sent = browser.post(tab.action, person(tab, f"{number}@exemple.fr"), headers=NORMAL_HEADERS)
        assert sent.status_code == 303


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"}])
def test_without_cookies_and_referer_the_form_is_taken_and_never_answered_by_the_framework(
    page, person, headers
):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(page.action, person(page, "a@exemple.fr"), headers=headers).status_code == 303
    assert not browser.cookies


def hosts_of(answer) -> set[str | None]:
    """Return the hosts that a page, or a redirection, leads to."""
    at = "http://testserver" + answer.wsgi_request.path
    links = re.findall(r'(?:href|action|src)="([^"]*)"', answer.content.decode())
    return {
        urlsplit(urljoin(at, html.unescape(link))).hostname for link in [*links, answer.get("Location", "")]
    }


def test_no_address_that_is_sent_along_leads_away(page, person):
    for number, where in enumerate(EVIL):
        leads = {"next": where, "return_url": where, "redirect": where}
        data = person(page, f"{number}@exemple.fr", **leads)
        sent = Client().post(page.action, data, headers=NORMAL_HEADERS, query_params=leads)
        assert sent["Location"] == f"{page.action}message/"
        for path in (page.action, sent["Location"], "/petition/"):
            assert "evil.example" not in hosts_of(Client().get(path, leads)), (path, where)


def test_staff_who_log_in_are_led_to_a_page_of_ours(campaign_petition):
    user = get_user_model().objects.create_superuser("essai", password="essai-essai-essai")
    for where in EVIL:
        filled = {"username": user.username, "password": "essai-essai-essai", "next": where}
        done = Client().post("/admin/login/", filled)
        assert done.status_code in {200, 302}
        assert "evil.example" not in hosts_of(done), where


def test_reading_the_result_again_sends_nothing_again(page, person, visitor):
    result = visitor.send(page.action, person(page, "a@exemple.fr"))
    assert result.status_code == 303
    for _ in range(2):
        assert visitor.read(result["Location"]).status_code == 200
    assert PendingSignature.objects.count() == 1
    assert OutboxTask.objects.filter(kind="signature_mail").count() == 1


def test_a_form_sent_again_after_an_answer_that_never_came_leaves_one_whole_row(
    page, person, visitor, monkeypatch
):
    def fail(*args, **kwargs):
        raise RuntimeError("the answer is lost on the way")

    visitor.client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("petition.views.sign.SeeOther", fail)
        assert visitor.send(page.action, person(page, "a@exemple.fr")).status_code == 500
    again = person(page, "a@exemple.fr", agree_public="on")
    assert visitor.send(page.action, again).status_code == 303
    row = PendingSignature.objects.get()
    assert (row.first_name, row.public_text is not None, row.reasons) == ("Élise", True, ["too_fast"])


def test_pages_of_staff_are_kept_by_no_cache_and_public_ones_know_no_staff(campaign_petition, client):
    user = get_user_model().objects.create_superuser("essai", password=None)
    with time_machine.travel(timezone.now(), tick=False):
        as_visitor = client.get("/petition/").content
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/petition/").content == as_visitor
    for path in ("/admin/", "/admin/pages/", "/admin/login/"):
        assert (
            "no-store" in client.get(path)["Cache-Control"] or "private" in client.get(path)["Cache-Control"]
        )
