"""A slip in a well-known mail domain is asked about once, and never mended by itself."""

import pytest

from petition.mail_domains import COMMON, KNOWN_TOO, distance, meant, suggestion
from petition.models import PendingSignature
from tests.people import Form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("GMAIL.COMM", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("hotmal.fr", "hotmail.fr"),
        ("hotmaill.con", "hotmail.com"),
        ("orange.ft", "orange.fr"),
        ("ornage.fr", "orange.fr"),
        ("wanado.fr", "wanadoo.fr"),
        ("wanado.ft", "wanadoo.fr"),
        ("laposte.ent", "laposte.net"),
        ("yaho.fr", "yahoo.fr"),
        ("outlok.fr", "outlook.fr"),
        ("icloud.co", "icloud.com"),
        ("free.ft", "free.fr"),
        ("sfr.ft", "sfr.fr"),
        ("prontonmail.com", "protonmail.com"),
    ],
)
def test_a_slip_is_recognised(typed, known):
    assert meant(typed) == known


@pytest.mark.parametrize(
    "typed",
    [
        *COMMON,
        *sorted(KNOWN_TOO),
        "example.org",
        "asso.example.org",
        "exemple.fr",
        "mairie-essai.fr",
        "sfa.fr",
        "société.example",
        "",
    ],
)
def test_a_provider_or_a_domain_of_ones_own_is_never_taken_for_a_slip(typed):
    assert meant(typed) is None


def test_the_two_lists_hold_no_domain_twice():
    assert len(set(COMMON)) == len(COMMON)
    assert not set(COMMON) & KNOWN_TOO


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "abcd", 1),
        ("abc", "xbz", 2),
        ("", "a", 1),
    ],
)
def test_distance_counts_slips(one, other, slips):
    assert distance(one, other) == distance(other, one) == slips


def test_the_local_part_stays_as_typed():
    assert suggestion("Jean.ESSAI+a@gmial.com") == "Jean.ESSAI+a@gmail.com"


def ask(petition, visitor, language="fr", **values):
    response = visitor.sign(petition, language, email="elise@gmial.com", agree_newsletter="on", **values)
    return response, response.content.decode()


class TestTheForm:
    def test_asks_once_beside_the_field_and_keeps_everything(self, petition, visitor):
        response, html = ask(petition, visitor)
        assert response.status_code == 422
        beside = html.split('id="id_email_error"')[1].split("</p>")[0]
        assert "Question" in beside
        assert "Erreur" not in beside
        assert "elise@gmail.com" in beside
        assert "elise@gmial.com" in beside
        assert 'aria-describedby="id_email_helptext id_email_error"' in html
        assert "<title>Question" in html
        assert "Une question avant l’envoi" in html
        form = Form(html, "sign-form")
        assert (form.values["email"], form.values["first_name"]) == ("elise@gmial.com", "Élise")
        assert form.checked == {"agree_sign", "agree_newsletter"}
        assert not PendingSignature.objects.exists()

    def test_sending_it_again_as_it_stands_keeps_the_address(self, petition, visitor):
        again = Form(ask(petition, visitor)[1], "sign-form").values["email_kept"]
        assert ask(petition, visitor, email_kept=again)[0].status_code == 303
        assert PendingSignature.objects.get().email == "elise@gmial.com"

    def test_the_button_takes_the_suggestion(self, petition, visitor):
        _, html = ask(petition, visitor)
        assert '<button class="button button--quiet" type="submit" name="email_meant"' in html
        response, _ = ask(petition, visitor, email_meant="elise@gmail.com", email_kept="elise@gmial.com")
        assert response.status_code == 303
        assert PendingSignature.objects.get().email == "elise@gmail.com"

    def test_the_enter_key_presses_no_suggestion(self, petition, visitor):
        _, html = ask(petition, visitor)
        form = html.split('id="sign-form"')[1]
        first_button = form[form.index("<button") :].split(">")[0]
        assert "name=" not in first_button

    def test_another_slip_is_asked_about_anew(self, petition, visitor):
        assert ask(petition, visitor, email_kept="elise@hotmial.fr")[0].status_code == 422

    def test_beside_a_mistake_the_page_speaks_of_errors(self, petition, visitor):
        _, html = ask(petition, visitor, first_name="")
        assert "<title>Erreur" in html
        assert "Question" in html.split('id="id_email_error"')[1].split("</p>")[0]

    def test_it_speaks_the_language_of_the_page(self, petition, visitor):
        _, html = ask(petition, visitor, "en")
        assert "Did you mean to write elise@gmail.com?" in html

    def test_a_wrong_suggestion_that_somebody_sends_is_looked_at_as_any_address(self, petition, visitor):
        assert ask(petition, visitor, email_meant="x")[0].status_code == 422
        assert not PendingSignature.objects.exists()

    def test_known_and_unknown_addresses_are_asked_alike(self, petition, visitor):
        first = ask(petition, visitor)[1]
        ask(petition, visitor, email_kept="elise@gmial.com")
        assert PendingSignature.objects.exists()
        second = ask(petition, visitor)[1]
        masked = [html.replace(Form(html, "sign-form").values["ticket"], "") for html in (first, second)]
        assert masked[0] == masked[1]
