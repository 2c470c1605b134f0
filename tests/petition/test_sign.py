"""Point by point: what the form shows, takes and refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition.captcha import ticket as tickets
from petition.enums import Reason
from petition.errors import TicketInvalid
from petition.models import Consent, PendingSignature, Signature
from tests.people import Form

pytestmark = pytest.mark.django_db


def only_pending() -> PendingSignature:
    return PendingSignature.objects.get()


def test_submitting_stores_the_pending_signature_with_the_ticked_texts_and_the_mail_owed(petition, visitor):
    response = visitor.sign(petition, agree_newsletter="on", postcode="75011")

    assert response.status_code == 303
    assert response["Location"] == f"/petitions/{petition.slug}/signature/message/"
    pending = only_pending()
    assert (pending.first_name, pending.last_name, pending.email) == ("Élise", "Essai", "elise@example.org")
    assert pending.place == "FR-75"
    assert pending.sign_text.purpose == "sign"
    assert pending.newsletter_text.purpose == "newsletter"
    assert pending.public_text is None
    assert pending.addressee_text is None
    task = OutboxTask.objects.get()
    assert (task.kind, task.subject) == ("signature_mail", str(pending.pk))
    assert "elise" not in str(task.parameters).lower()
    assert not Signature.objects.exists()
    assert not Consent.objects.exists()


def test_signature_and_owed_mail_are_stored_together_or_not_at_all(petition, visitor, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the letter-box is broken")

    monkeypatch.setattr("petition.services.signing.queue.put", fail)
    with pytest.raises(RuntimeError):
        visitor.sign(petition)
    assert not PendingSignature.objects.exists()


def test_signing_works_with_only_the_required_box_and_records_nothing_else(petition, visitor):
    visitor.sign(petition)
    assert set(only_pending().consent_text_ids()) == {"sign"}


def test_english_signature_is_recorded_with_the_english_words(petition, visitor):
    response = visitor.sign(petition, "en", agree_public="on")
    assert response["Location"].startswith("/en/petitions/")
    pending = only_pending()
    assert pending.language == "en"
    assert {pending.text.language, pending.sign_text.language, pending.public_text.language} == {"en"}


def test_the_words_that_the_form_showed_are_recorded_even_when_they_changed_meanwhile(petition, visitor):
    data = visitor.form_of(petition, agree_newsletter="on")
    shown = petition.consent_texts.get(purpose="newsletter", language="fr")
    petition.organiser = "Nouveau nom"
    petition.save()
    from petition.services.wording import publish_consent_texts

    publish_consent_texts(petition)
    visitor.send(f"/petitions/{petition.slug}/signature/", data)
    assert only_pending().newsletter_text == shown
    assert petition.consent_texts.filter(purpose="newsletter", language="fr").count() == 2


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("first_name", "", "prénom"),
        ("last_name", "", "nom"),
        ("email", "", "adresse"),
        ("agree_sign", None, "case"),
        ("first_name", "x" * 101, "100"),
        ("last_name", "x" * 101, "100"),
        ("email", "x" * 245 + "@exemple.fr", "254"),
        ("first_name", "a\x00b", "caractère"),
        ("last_name", "a\x00b", "caractère"),
        ("first_name", "\ufffd\ufffd", "caractère"),
        ("first_name", "\u200b", "nom"),
        ("first_name", "...", "nom"),
        ("first_name", "http://evil.example/ ici", "nom"),
        ("email", "a\x00b@exemple.fr", "exemple"),
        ("email", "josé@exemple.fr", "accents"),
        ("email", "jose@exemple", "exemple"),
        ("email", "pas une adresse", "exemple"),
        ("email", "a@b@exemple.fr", "exemple"),
        ("email", '"a b"@exemple.fr', "exemple"),
        ("email", "jose@exemple.fr\nBcc: x@exemple.fr", "exemple"),
        ("postcode", "99999", "cinq chiffres"),
        ("postcode", "7501\x00", "cinq chiffres"),
        ("postcode", "123456789012", "cinq chiffres"),
        ("country", "XX", "pays"),
        ("country", "F\x00", "pays"),
    ],
)
def test_bad_input_is_answered_beside_its_field_with_what_was_typed_kept(
    petition, visitor, field, value, message
):
    typed = {"agree_newsletter": "on", "last_name": "Garde-Moi", field: value}
    response = visitor.sign(petition, **typed)

    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in html
    beside = html.split(f'id="id_{field}_error"')[1].split("</p>")[0]
    assert message in beside.lower()
    form = Form(html, "sign-form")
    assert "agree_newsletter" in form.checked
    assert form.values["email"] or field == "email"
    if field != "last_name":
        assert form.values["last_name"] == "Garde-Moi"
    assert not PendingSignature.objects.exists()
    assert not OutboxTask.objects.exists()


def test_error_messages_speak_the_language_of_the_page(petition, visitor):
    html = visitor.sign(petition, "en", first_name="").content.decode()
    assert "Please enter your first name." in html
    assert '<html lang="en">' in html


def test_an_empty_form_names_every_required_field(petition, visitor):
    response = visitor.send(f"/petitions/{petition.slug}/signature/", {})
    html = response.content.decode()
    assert response.status_code == 422
    for field in ("first_name", "last_name", "email", "agree_sign"):
        assert f'id="id_{field}_error"' in html


def test_limits_of_length_are_the_same_in_form_model_and_database(petition, visitor):
    from petition.forms import SignatureForm

    for field in ("first_name", "last_name", "email"):
        limit = SignatureForm.base_fields[field].max_length
        assert PendingSignature._meta.get_field(field).max_length == limit
        assert Signature._meta.get_field(field).max_length == limit
    longest = {"first_name": "é" * 100, "last_name": "ß" * 100}
    email = f"{'x' * 64}@{'d' * 60}.{'d' * 60}.{'d' * 60}.org"
    assert visitor.sign(petition, email=email, **longest).status_code == 303
    assert len(only_pending().first_name) == 100


def test_an_internationalised_domain_is_accepted_and_kept_as_typed(petition, visitor):
    assert visitor.sign(petition, email="jose@société.fr").status_code == 303
    assert only_pending().email == "jose@société.fr"


def test_a_closed_petition_refuses_in_words_and_keeps_what_was_typed(petition, visitor):
    data = visitor.form_of(petition)
    petition.closes_at = timezone.now() - timedelta(seconds=1)
    petition.opens_at = timezone.now() - timedelta(days=1)
    petition.save()
    response = visitor.send(f"/petitions/{petition.slug}/signature/", data)
    assert response.status_code == 422
    summary = response.content.decode().split('id="error-summary"')[1].split("</ul>")[0]
    assert "Cette pétition ne reçoit plus de signatures" in summary
    assert Form(response.content.decode(), "sign-form").values["first_name"] == "Élise"
    assert not PendingSignature.objects.exists()


@pytest.mark.parametrize(("opens", "closes", "word"), [(-2, -1, "plus"), (1, None, "pas")])
def test_outside_its_dates_an_open_petition_takes_nothing_and_says_so_first(
    petition, visitor, opens, closes, word
):
    data = visitor.form_of(petition, email="x")
    petition.opens_at = timezone.now() + timedelta(days=opens)
    petition.closes_at = timezone.now() + timedelta(days=closes) if closes else None
    petition.save()
    html = visitor.send(f"/petitions/{petition.slug}/signature/", data).content.decode()
    assert f"Cette pétition ne reçoit {word} de signatures" in html
    assert 'id="id_email_error"' not in html
    assert not petition.open_now


@pytest.mark.parametrize("charset", ["hex", "idna", "rot13", "unicode_escape", "utf-16", "no-such-thing"])
def test_a_body_in_an_odd_codec_is_read_as_our_pages_send_it(petition, visitor, charset):
    body = "".join(
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in visitor.form_of(petition, first_name="\\ud800x").items()
    )
    response = visitor.client.generic(
        "POST",
        f"/petitions/{petition.slug}/signature/",
        (body + "--B--\r\n").encode(),
        content_type=f"multipart/form-data; boundary=B; charset={charset}",
    )
    assert response.status_code == 303
    assert only_pending().first_name == "\\ud800x"


def test_a_form_older_than_a_day_is_offered_anew_with_what_was_typed(petition, visitor):
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        data = visitor.form_of(petition, agree_newsletter="on")
    response = visitor.send(f"/petitions/{petition.slug}/signature/", data)
    assert response.status_code == 422
    again = Form(response.content.decode(), "sign-form")
    assert again.values["first_name"] == "Élise"
    assert again.checked == {"agree_sign", "agree_newsletter"}
    assert not PendingSignature.objects.exists()
    assert again.values["ticket"] != data["ticket"]
    resent = {**data, "ticket": again.values["ticket"]}
    assert visitor.send(f"/petitions/{petition.slug}/signature/", resent).status_code == 303


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "\x00", "é"])
def test_a_form_without_a_good_ticket_is_offered_anew(petition, visitor, ticket):
    response = visitor.sign(petition, ticket=ticket)
    assert response.status_code == 422
    assert Form(response.content.decode(), "sign-form").values["first_name"] == "Élise"
    assert not PendingSignature.objects.exists()


def test_a_ticket_whose_words_are_gone_is_offered_anew_not_a_broken_row(petition, visitor):
    shown = {text.purpose: text.pk for text in petition.consent_texts.filter(language="fr")}
    for text_id, consent_ids in [(10**6, shown), (petition.texts.first().pk, {**shown, "newsletter": 10**6})]:
        forged = tickets.issue(petition.pk, text_id, consent_ids)
        response = visitor.sign(petition, ticket=forged, agree_newsletter="on")
        assert response.status_code == 422
        assert Form(response.content.decode(), "sign-form").values["first_name"] == "Élise"
    assert not PendingSignature.objects.exists()


def test_the_ticket_of_another_petition_is_not_accepted(petition, visitor):
    from tests.factories import OpenPetitionFactory

    data = visitor.form_of(OpenPetitionFactory())
    assert visitor.send(f"/petitions/{petition.slug}/signature/", data).status_code == 422
    with pytest.raises(TicketInvalid):  # already by itself, before the form looks for its words
        tickets.read(data["ticket"], petition.pk)


def test_a_latest_try_replaces_the_earlier_one_and_keeps_its_uuid(petition, visitor):
    visitor.sign(petition, agree_newsletter="on")
    first = only_pending()
    visitor.sign(petition, email="ELISE+liste@Example.org", first_name="Lise")
    second = only_pending()
    assert second.uuid == first.uuid
    assert second.nonce != first.nonce
    assert (second.first_name, second.email) == ("Lise", "ELISE+liste@Example.org")
    assert second.newsletter_text is None


class TestWhereTheFormCameFrom:
    """Z-03: without a cookie, the browser's own word."""

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example.org", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "https://evil.example.org"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "http://testserver.evil.example.org"},
            {"Origin": "https://testserver"},
            {"Origin": "http://["},
            {"Origin": "http://testserver:8000"},
            {"Origin": ""},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        ],
    )
    def test_a_post_that_another_site_caused_gets_a_403_page_in_words(self, petition, visitor, headers):
        response = visitor.sign(petition, headers=headers)
        assert response.status_code == 403
        assert "<h1>" in response.content.decode()
        assert not PendingSignature.objects.exists()

    @pytest.mark.parametrize(
        "headers", [{}, {"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
    )
    def test_silence_and_null_are_accepted_on_the_ticket_alone_and_noted(self, petition, visitor, headers):
        assert visitor.sign(petition, headers=headers).status_code == 303
        assert Reason.NO_ORIGIN in only_pending().reasons

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
            {"Origin": "http://testserver"},
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
        ],
    )
    def test_our_own_page_is_accepted_without_a_note(self, petition, visitor, headers):
        assert visitor.sign(petition, headers=headers).status_code == 303
        assert Reason.NO_ORIGIN not in only_pending().reasons

    def test_silence_without_a_ticket_is_refused(self, petition, visitor):
        assert visitor.sign(petition, headers={}, ticket="").status_code == 422


class TestReasons:
    """Nothing is held yet; what deserves a look is written down."""

    def test_a_form_sent_within_three_seconds_is_noted(self, petition, visitor):
        visitor.sign(petition)
        assert only_pending().reasons == [Reason.TOO_FAST]

    def test_a_form_that_took_its_time_is_not_noted(self, petition, visitor):
        with time_machine.travel(timezone.now() - timedelta(seconds=10)):
            data = visitor.form_of(petition)
        visitor.send(f"/petitions/{petition.slug}/signature/", data)
        assert only_pending().reasons == []

    def test_a_busy_network_is_noted_then_refused_with_the_form_kept(self, petition, visitor, monkeypatch):
        monkeypatch.setattr("petition.limits.NETWORK_SOFT_PER_HOUR", 1)
        monkeypatch.setattr("petition.limits.NETWORK_HARD_PER_HOUR", 2)
        visitor.sign(petition, email="a@example.org")
        visitor.sign(petition, email="b@example.org")
        busy = PendingSignature.objects.get(email="b@example.org")
        assert Reason.BUSY_NETWORK in busy.reasons
        response = visitor.sign(petition, email="c@example.org")
        assert response.status_code == 429
        assert Form(response.content.decode(), "sign-form").values["email"] == "c@example.org"
        assert PendingSignature.objects.count() == 2
        asked = visitor.send("/signature/message/", {"email": "a@example.org"})
        assert asked.status_code == 429
        assert not OutboxTask.objects.filter(kind="mails_for_address").exists()
