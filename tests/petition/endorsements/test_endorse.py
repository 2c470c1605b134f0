"""The form for organisations: what it takes and refuses, and that its answer is the same for all."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape

from campaign.outbox.models import OutboxTask
from petition.captcha import ticket as tickets
from petition.enums import EndorsementState, PetitionState, Reason
from petition.models import Endorsement, PendingSignature, Petition, Signature, SignatureEvent, Total
from petition.models.endorsement import ORGANISATION_LENGTH, ROLE_LENGTH, SITE_LENGTH
from petition.models.text import digest
from tests.people import Form, drain_outbox
from tests.petition.endorsements.conftest import FILLED, picture, sent_file

pytestmark = pytest.mark.django_db


def beside(html: str, field: str) -> str:
    return html.split(f'id="id_{field}_error"')[1].split("</p>")[0]


def test_a_form_is_stored_whole_with_the_words_that_were_agreed_to_and_a_mail_owed(petition, endorse):
    response = endorse(logo=sent_file(picture()))
    assert response.status_code == 303
    assert response["Location"] == f"/petitions/{petition.slug}/organisations/soutenir/message/"
    row = Endorsement.objects.get()
    assert (row.state, row.language, row.petition) == (EndorsementState.RECEIVED, "fr", petition)
    assert (row.name, row.country, row.siren) == ("Association d’essai", "FR", "356000000")
    assert row.website == "https://asso.example.org"
    assert (row.first_name, row.last_name, row.role) == ("Camille", "Essai", "Présidente")
    assert petition.organiser in row.statement
    assert row.statement_sha256 == digest(row.statement)
    assert (row.logo_width, row.logo_height) == (480, 240)
    [task] = OutboxTask.objects.all()
    assert (task.kind, task.subject) == ("endorsement_confirm_mail", str(row.pk))
    assert "camille" not in str(task.parameters).lower()


def test_no_organisation_is_counted_among_people(petition, endorse):
    endorse()
    for model in (PendingSignature, Signature, SignatureEvent, Total):
        assert not model.objects.exists()


def test_the_form_can_be_read_and_asks_in_labels(petition, visitor):
    html = visitor.read(f"/petitions/{petition.slug}/organisations/soutenir/").content.decode()
    assert set(Form(html, "endorsement-form").values) >= set(FILLED) - {"country", "agree"} | {
        "ticket",
        "shown",
    }
    for kind in (
        "organization",
        "organization-title",
        "given-name",
        "family-name",
        "email",
        "country",
        "url",
    ):
        assert f'autocomplete="{kind}"' in html
    for label in ("Nom de l’organisation", "Numéro SIREN", "Votre fonction dans l’organisation"):
        assert label in html
    assert petition.organiser in html.split('id="id_agree_detail"')[1]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "", "nom"),
        ("name", "x" * 129, "128"),
        ("name", "x" * 5_000, "128"),
        ("name", "Asso\x00", "caractère"),
        ("name", "\u200b", "nom"),
        ("role", "", "fonction"),
        ("role", "x" * 101, "100"),
        ("siren", "", "SIREN"),
        ("siren", "356 000 001", "SIREN"),
        ("siren", "356000000 00049", "SIREN"),
        ("siren", "12345678", "SIREN"),
        ("siren", "9" * 41, "40"),
        ("siren", "35600000\x00", "SIREN"),
        ("website", "javascript:alert(1)", "site"),
        ("website", "javascript://example.org/%0aalert(1)", "site"),
        ("website", "data:text/html,x", "site"),
        ("website", "ftp://example.org", "site"),
        ("website", "pas un site", "site"),
        ("website", "x" * 190 + ".example.org", "200"),
        ("country", "XX", "pays"),
        ("first_name", "www.example.org", "adresse"),
        ("last_name", "", "nom"),
        ("email", "x", "exemple"),
        ("email", "x" * 245 + "@exemple.fr", "254"),
        ("email", "josé@exemple.fr", "accents"),
        ("agree", None, "case"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(endorse, field, value, word):
    response = endorse(**{"last_name": "Garde-Moi", field: value}, logo=sent_file(picture()))
    html = response.content.decode()
    assert response.status_code == 422
    assert word in beside(html, field)
    assert "<title>Erreur" in html
    assert "no-store" in response["Cache-Control"]
    if field != "last_name":
        assert Form(html, "endorsement-form").values["last_name"] == "Garde-Moi"
    assert "Choisissez de nouveau le logo" in html
    assert not Endorsement.objects.exists()
    assert not OutboxTask.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "L'Étoile d’essai",
        "جمعية",
        "Exemple.org",
        "🌻 Essai",
        "=1+1",
        "é" * 128,
    ],
)
def test_names_of_organisations_are_kept_as_typed(endorse, name):
    assert endorse(name=name).status_code == 303
    assert Endorsement.objects.get().name == name


def test_what_turns_text_around_is_dropped_from_names_and_roles(endorse):
    endorse(name="Essai\u202e", role="\u2066Présidente\u2069")
    row = Endorsement.objects.get()
    assert (row.name, row.role) == ("Essai", "Présidente")


def test_limits_are_the_same_in_form_model_and_database():
    from petition.endorsement_form import EndorsementForm

    limits = {"name": ORGANISATION_LENGTH, "role": ROLE_LENGTH, "website": SITE_LENGTH}
    for field in ("name", "role", "website", "first_name", "last_name", "email"):
        limit = EndorsementForm.base_fields[field].max_length
        assert limit == Endorsement._meta.get_field(field).max_length
        assert limit == limits.get(field, limit)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("356000000", "356000000"),
        ("552 008 443", "552008443"),
        ("552.008.443", "552008443"),
        ("35600000000048", "356000000"),
        ("356 000 000 49783", "356000000"),
    ],
)
def test_a_number_is_taken_with_its_spaces_and_as_that_of_one_of_its_places(endorse, typed, kept):
    assert endorse(siren=typed).status_code == 303
    assert Endorsement.objects.get().siren == kept


def test_an_organisation_from_elsewhere_has_no_such_number(endorse):
    assert endorse(country="BE", siren="").status_code == 303
    assert endorse(country="BE", siren="0123.456.789", name="Autre").status_code == 303
    assert set(Endorsement.objects.values_list("country", "siren")) == {("BE", "")}


def test_the_same_form_sent_twice_is_one_try_with_one_mail(petition, visitor, endorse, mailbox):
    ticket = tickets.issue(petition.pk, 0, dict.fromkeys(tickets.ConsentPurpose, 0))
    for name in ("Association d’essai", "Association d’essai", "Association corrigée"):
        assert endorse(ticket=ticket, name=name).status_code == 303
    drain_outbox()
    assert Endorsement.objects.count() == 2
    assert len(mailbox.messages) == 2


def test_the_answer_says_nothing_of_what_is_known(endorse, endorsed, visitor):
    first = endorse()
    _, confirm, _ = endorsed(name="Autre")
    visitor.send(confirm)
    Endorsement.objects.update(
        state=EndorsementState.PUBLISHED, confirmed_at=timezone.now(), published_at=timezone.now(), siren=""
    )
    again = endorse()
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])


@pytest.mark.parametrize("ticket", ["", "x", "\x00"])
def test_a_form_without_a_good_ticket_is_offered_anew(endorse, ticket):
    response = endorse(ticket=ticket)
    assert response.status_code == 422
    assert Form(response.content.decode(), "endorsement-form").values["name"] == "Association d’essai"


def test_the_ticket_of_the_form_that_people_sign_is_none_of_this_one(petition, visitor, endorse):
    ticket = visitor.form_of(petition)["ticket"]
    assert endorse(ticket=ticket).status_code == 422
    mine = tickets.issue(petition.pk, 0, dict.fromkeys(tickets.ConsentPurpose, 0))
    assert visitor.sign(petition, ticket=mine).status_code == 422


def test_a_form_older_than_a_day_or_with_other_words_is_offered_anew(petition, endorse):
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        old = tickets.issue(petition.pk, 0, dict.fromkeys(tickets.ConsentPurpose, 0))
    assert endorse(ticket=old).status_code == 422
    assert "ont changé" in endorse(shown=digest("d’autres mots")).content.decode()
    assert not Endorsement.objects.exists()


def test_a_slip_in_the_address_is_asked_about(endorse):
    response = endorse(email="camille@gmial.com")
    assert response.status_code == 422
    assert "<title>Question" in response.content.decode()
    assert endorse(email="camille@gmial.com", email_meant="camille@gmail.com").status_code == 303
    assert Endorsement.objects.get().email == "camille@gmail.com"


def test_what_deserves_a_look_is_written_down(endorse):
    endorse(remark="x")
    assert {Reason.TRAP, Reason.TOO_FAST} <= set(Endorsement.objects.get().reasons)


def test_a_network_that_sends_too_much_is_asked_to_wait_with_the_form_kept(endorse, monkeypatch):
    monkeypatch.setattr("petition.limits.NETWORK_HARD_PER_HOUR", 0)
    response = endorse()
    assert response.status_code == 429
    assert Form(response.content.decode(), "endorsement-form").values["name"] == "Association d’essai"
    assert not Endorsement.objects.exists()


@pytest.mark.parametrize(
    ("state", "status"), [(PetitionState.PREPARATION, 404), (PetitionState.DELIVERED, 422)]
)
def test_before_the_opening_and_after_the_delivery_none_is_taken(petition, visitor, endorse, state, status):
    Petition.objects.filter(pk=petition.pk).update(state=state, opened_at=timezone.now())
    assert (
        "endorsement-form"
        not in visitor.read(f"/petitions/{petition.slug}/organisations/soutenir/").content.decode()
    )
    assert endorse().status_code == status
    assert not Endorsement.objects.exists()


def test_a_post_that_another_site_caused_is_refused(petition, visitor):
    headers = {"Origin": "https://evil.example.org", "Sec-Fetch-Site": "cross-site"}
    response = visitor.send(f"/petitions/{petition.slug}/organisations/soutenir/", FILLED, headers)
    assert response.status_code == 403


def test_a_form_far_too_large_is_not_read(petition, visitor):
    response = visitor.client.post(
        f"/petitions/{petition.slug}/organisations/soutenir/", FILLED, CONTENT_LENGTH=str(21 * 1024 * 1024)
    )
    assert response.status_code == 413
    assert "2 Mo" in re.sub(r"\s", " ", response.content.decode())


def test_it_speaks_english_under_en(endorse):
    html = endorse("en", name="").content.decode()
    assert "Please enter the name of the organisation." in html
    endorse("en")
    assert Endorsement.objects.get().language == "en"
    assert "I am authorised to speak for this organisation" in Endorsement.objects.get().statement


def test_the_page_after_the_form_names_sender_and_subject(petition, visitor):
    html = visitor.read(f"/petitions/{petition.slug}/organisations/soutenir/message/").content.decode()
    assert escape(petition.sender_address) in html
    assert "Confirmez le soutien de votre organisation" in html
