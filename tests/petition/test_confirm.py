"""A link shows, a button acts, a second press succeeds."""

import re
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from campaign.outbox.models import OutboxTask
from petition import sql
from petition.enums import ContactState, EventKind, PetitionState, SignatureState
from petition.errors import PetitionClosed
from petition.links import confirm_token
from petition.models import Consent, Contact, PendingSignature, Signature, SignatureEvent, Total
from petition.services.confirmation import Confirmed, confirm
from petition.services.counting import progress
from petition.services.withdrawal import erase, stop_news, withdraw
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, PreparedPetitionFactory
from tests.people import Form, Visitor, confirm_path, drain_outbox, text_of, words_of

pytestmark = pytest.mark.django_db


def count_of(petition, visitor) -> int:
    return visitor.read(f"/api/petitions/{petition.slug}/count.json").json()["count"]


def test_the_link_shows_a_page_with_one_form_and_changes_nothing(petition, visitor, confirm_link):
    response = visitor.read(confirm_link)
    html = response.content.decode()
    assert response.status_code == 200
    assert Form(html, "confirm-form").action == confirm_link
    assert html.count("<form") == 1
    assert "Élise Essai" in html
    assert "Une demande" in html
    assert PendingSignature.objects.count() == 1
    assert count_of(petition, visitor) == 0


def test_the_button_confirms_and_the_page_says_so(petition, visitor, confirm_link):
    response = visitor.send(confirm_link)
    assert response.status_code == 303
    html = visitor.read(response["Location"]).content.decode()
    assert "<h1>Votre signature est comptée" in html
    assert count_of(petition, visitor) == 1
    signature = Signature.objects.get()
    assert signature.state == SignatureState.CONFIRMED
    assert {c.text.purpose for c in Consent.objects.all()} == {"sign", "newsletter"}
    assert all(c.confirmed_at >= c.given_at for c in Consent.objects.all())
    event = SignatureEvent.objects.get()
    assert (event.kind, event.delta, event.signature_uuid) == (EventKind.CONFIRMED, 1, signature.uuid)
    contact = Contact.objects.get()
    assert contact.consent_text.purpose == "newsletter"


def test_the_uuid_and_what_was_sent_go_over_to_the_signature(petition, visitor, confirm_link):
    pending = PendingSignature.objects.get()
    visitor.send(confirm_link)
    signature = Signature.objects.get()
    for field in ("uuid", "text_id", "language", "first_name", "last_name", "email", "email_key", "place"):
        assert getattr(signature, field) == getattr(pending, field)
    assert signature.reasons == pending.reasons


def test_without_the_newsletter_box_no_contact_is_made(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[0]))
    assert not Contact.objects.exists()


def test_a_second_press_another_browser_and_later_visits_succeed_and_count_once(
    petition, visitor, confirm_link
):
    visitor.send(confirm_link)
    visitor.send(confirm_link)
    other = Visitor()
    assert other.send(confirm_link, headers={}).status_code == 303
    assert "Votre signature est comptée" in other.read(confirm_link).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert "Votre signature est comptée" in other.read(confirm_link).content.decode()
    assert count_of(petition, visitor) == 1
    assert OutboxTask.objects.filter(kind="thank_you_mail").count() == 1
    assert SignatureEvent.objects.count() == 1


def test_gets_and_heads_of_a_scanner_leave_the_link_unspent(petition, visitor, confirm_link):
    for agent in ("", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"):
        for _ in range(2):
            assert visitor.client.get(confirm_link, headers={"User-Agent": agent}).status_code == 200
            assert visitor.client.head(confirm_link, headers={"User-Agent": agent}).status_code == 200
    assert not Signature.objects.exists()
    assert not Contact.objects.exists()
    visitor.send(confirm_link)
    assert count_of(petition, visitor) == 1


def test_pages_behind_links_are_kept_out_of_caches_indexes_and_referers(visitor, confirm_link, signed):
    for path in (confirm_link, signed[1], "/signature/message/", "/signature/confirmation/x/"):
        response = visitor.read(path)
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]


def test_a_post_from_another_site_confirms_nothing(visitor, confirm_link):
    response = visitor.send(confirm_link, headers={"Origin": "https://evil.example.org"})
    assert response.status_code == 403
    assert not Signature.objects.exists()


class TestWhatIsConfirmedWasShown:
    """Nobody confirms names or consents that they have not seen."""

    def test_the_page_repeats_the_sentences_of_the_boxes_that_were_ticked_and_no_others(
        self, petition, visitor, mailbox
    ):
        visitor.sign(petition, agree_newsletter="on")
        drain_outbox()
        html = words_of(visitor.read(confirm_path(mailbox.messages[0])))
        for purpose, stands in [
            ("sign", True),
            ("newsletter", True),
            ("public", False),
            ("addressee", False),
        ]:
            sentence = petition.consent_texts.get(purpose=purpose, language="fr").sentence
            assert (escape(sentence) in html) == stands, purpose

    @pytest.mark.parametrize("bare", [True, False])
    def test_what_was_changed_after_the_page_was_opened_is_shown_again(
        self, petition, visitor, confirm_link, bare
    ):
        shown = {} if bare else Form(visitor.read(confirm_link).content.decode(), "confirm-form").values
        visitor.sign(petition, first_name="Autre", agree_addressee="on")
        response = visitor.send(confirm_link, shown)
        assert response.status_code == 409
        assert "Autre" in response.content.decode()
        assert not Signature.objects.exists()
        again = Form(response.content.decode(), "confirm-form").values
        assert visitor.send(confirm_link, again).status_code == 303
        assert Signature.objects.get().first_name == "Autre"


class TestLinksThatDontWork:
    """CONF-05 and -07: a plain page, a proper status, a way on."""

    @pytest.mark.parametrize("position", [0, 5, -2, -3])
    def test_an_altered_link_says_so_and_offers_a_fresh_mail(
        self, petition, visitor, mailbox, confirm_link, position
    ):
        token = confirm_link.split("/")[-2]
        changed = list(token)
        changed[position] = "A" if changed[position] != "A" else "B"
        response = visitor.read(confirm_link.replace(token, "".join(changed)))
        html = response.content.decode()
        assert response.status_code == 404
        assert "lien" in html.lower()
        assert 'action="/signature/message/"' in html

        visitor.send("/signature/message/", {"email": "Elise@example.org"})
        drain_outbox()
        assert len(mailbox.messages) == 2
        visitor.send(confirm_path(mailbox.messages[-1]))
        assert count_of(petition, visitor) == 1

    def test_an_expired_link_offers_a_fresh_mail_that_works_while_the_old_one_stays_refused(
        self, petition, visitor, mailbox, confirm_link
    ):
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            response = visitor.read(confirm_link)
            assert response.status_code == 410
            assert "<h1>Ce lien a expiré</h1>" in response.content.decode()
            visitor.send(confirm_link)
            assert not Signature.objects.exists()

            sent = visitor.send(f"{confirm_link}message/")
            assert visitor.read(sent["Location"]).status_code == 200
            drain_outbox()
            fresh = confirm_path(mailbox.messages[-1])
            assert fresh != confirm_link
            assert visitor.read(confirm_link).status_code == 410
            visitor.send(fresh)
            assert Signature.objects.count() == 1
            assert "Votre signature est comptée" in visitor.read(confirm_link).content.decode()

    def test_a_superseded_link_says_that_a_newer_mail_was_sent_and_offers_another(
        self, petition, visitor, mailbox, confirm_link
    ):
        visitor.sign(petition)
        assert visitor.read(confirm_link).status_code == 200, "good until the newer mail has left"
        drain_outbox()
        response = visitor.read(confirm_link)
        assert response.status_code == 410
        assert f'action="{confirm_link}message/"' in response.content.decode()
        visitor.send(confirm_link)
        assert not Signature.objects.exists()
        visitor.send(f"{confirm_link}message/")
        drain_outbox()
        assert len(mailbox.messages) == 3
        visitor.send(confirm_path(mailbox.messages[-1]))
        assert count_of(petition, visitor) == 1

    def test_the_link_of_a_withdrawn_signature_says_so(self, visitor, confirm_link, signed):
        visitor.send(signed[1], {"act": "withdraw"})
        response = visitor.read(confirm_link)
        assert response.status_code == 410
        assert re.search("<h1>[^<]*retirée", response.content.decode())

    def test_a_link_whose_row_is_deleted_says_so(self, visitor, confirm_link):
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            drain_outbox()
            assert not PendingSignature.objects.exists()
            response = visitor.read(confirm_link)
        assert response.status_code == 410
        assert "/signature/message/" in response.content.decode()

    def test_a_delivered_petition_says_that_its_count_is_final(self, petition, visitor, confirm_link):
        petition.state = PetitionState.DELIVERED
        petition.save()
        response = visitor.read(confirm_link)
        assert response.status_code == 410
        visitor.send(confirm_link)
        assert not Signature.objects.exists()
        pending = PendingSignature.objects.get()
        with pytest.raises(PetitionClosed):  # the service doesn't trust the page about it
            confirm(petition, pending.uuid, pending.nonce)

    def test_a_signature_sent_before_closing_can_be_confirmed_after_it(self, petition, visitor, confirm_link):
        petition.state = PetitionState.CLOSED
        petition.save()
        visitor.send(confirm_link)
        assert count_of(petition, visitor) == 1

    @pytest.mark.parametrize("token", ["x", "a~b~c", "é", "A" * 300, "%00", "..", "~~"])
    def test_nonsense_is_answered_in_words(self, petition, visitor, token):
        response = visitor.read(f"/signature/confirmation/{token}/")
        assert response.status_code == 404
        assert "<h1>" in response.content.decode()

    def test_a_link_of_one_purpose_opens_no_other_page(self, visitor, confirm_link, signed):
        token = signed[1].split("/")[-2]
        assert visitor.read(f"/signature/confirmation/{token}/").status_code == 404
        token = confirm_link.split("/")[-2]
        assert visitor.read(f"/signature/page/{token}/").status_code == 404

    def test_pages_speak_the_language_of_their_address(self, visitor, confirm_link):
        html = visitor.read("/en/signature/confirmation/nonsense/").content.decode()
        assert '<html lang="en">' in html
        assert "This link is not complete" in html


def test_a_repeat_by_a_signed_mailbox_under_another_row_counts_nothing(petition):
    """Whatever way two rows of a mailbox may meet, the constraint decides."""
    first = PendingSignatureFactory(petition=petition, email="deux@example.org")
    assert confirm(petition, first.uuid, first.nonce) == Confirmed.NOW
    second = PendingSignatureFactory(petition=petition, email="deux@example.org")
    assert confirm(petition, second.uuid, second.nonce) == Confirmed.ALREADY
    assert progress(petition).count == 1
    assert Signature.objects.count() == 1


def test_a_trial_signature_gets_its_mail_and_leaves_no_trace_in_the_count(db, mailbox):
    petition = PreparedPetitionFactory()
    pending = PendingSignatureFactory(
        petition=petition,
        trial=True,
        newsletter_text=petition.consent_texts.get(purpose="newsletter", language="fr"),
    )
    assert confirm(petition, pending.uuid, pending.nonce) == Confirmed.NOW
    drain_outbox()
    assert len(mailbox.messages) == 1
    assert progress(petition).count == 0
    assert not SignatureEvent.objects.exists()
    assert not Total.objects.exists()
    assert not Contact.objects.exists()


def test_a_fresh_mail_in_the_second_week_promises_no_day_after_the_deletion(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    with time_machine.travel(timezone.now() + timedelta(days=13)):
        visitor.send(f"{confirm_path(mailbox.messages[0])}message/")
        drain_outbox()
        text = text_of(mailbox.messages[-1])
    last = date_format(timezone.localtime() + timedelta(days=14), "j F Y")
    assert len(re.findall(last, text)) == 2, "good until the day of the deletion, and not longer"


class TestTwoAtTheSameInstant:
    """Two real connections on PostgreSQL, each inside its transaction before either may go on."""

    pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]

    def test_leaving_while_a_confirmation_is_under_way_waits_for_it_and_finds_its_signature(self, subtests):
        for leave in (withdraw, erase, stop_news):
            with subtests.test(leave.__name__):
                self.leave_during_confirmation(leave)

    def leave_during_confirmation(self, leave):
        petition = OpenPetitionFactory()
        words = petition.consent_texts.get(purpose="newsletter", language="fr")
        pending = PendingSignatureFactory(petition=petition, newsletter_text=words)
        leaver = Thread(target=in_a_connection_of_its_own, args=(lambda: leave(pending.uuid),))
        with transaction.atomic():
            assert confirm(petition, pending.uuid, pending.nonce) == Confirmed.NOW
            leaver.start()
            wait_until_a_connection_waits_for_a_lock()
        leaver.join(timeout=60)
        if leave is stop_news:
            assert Contact.objects.get(email_key=pending.email_key).state == ContactState.UNSUBSCRIBED
        else:
            assert not Signature.objects.filter(uuid=pending.uuid).exists()
            assert not Contact.objects.filter(email_key=pending.email_key).exists()
            assert progress(petition).count == 0


def in_a_connection_of_its_own(act):
    try:
        act()
    finally:
        connection.close()


def wait_until_a_connection_waits_for_a_lock():
    """Ask the server, with an end: it is the one who knows."""
    for _ in range(3000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        Event().wait(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_the_same_instant_count_once(monkeypatch):
    """Two real connections, held at a barrier after each has begun its transaction, twenty times."""
    take = sql.take

    def take_together(*args):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")  # from here on the transaction has a number
        held.wait(timeout=30)
        return take(*args)

    monkeypatch.setattr("petition.services.confirmation.sql.take", take_together)
    petition = OpenPetitionFactory()
    for round_number in range(1, 21):
        pending = PendingSignatureFactory(petition=petition)
        held, answers, backends = Barrier(2), [], set()

        def press(row=pending, answers=answers, backends=backends):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backends.add(cursor.fetchone()[0])
            answers.append(confirm(petition, row.uuid, row.nonce))
            connection.close()

        threads = [Thread(target=press) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join(timeout=60) for thread in threads]

        assert len(backends) == 2
        assert sorted(answer.name for answer in answers) == ["ALREADY", "NOW"]
        assert progress(petition).count == round_number
        assert SignatureEvent.objects.count() == round_number
    assert OutboxTask.objects.filter(kind="thank_you_mail").count() == 20


def test_a_link_made_by_somebody_else_is_worth_nothing(petition, visitor, settings):
    pending = PendingSignatureFactory(petition=petition)
    settings.LINK_SECRET = "another-secret-another-secret-another-secret"
    forged = confirm_token(pending.uuid, pending.nonce)
    settings.LINK_SECRET = "tests-link-secret-tests-link-secret-te"
    assert visitor.read(f"/signature/confirmation/{forged}/").status_code == 404
