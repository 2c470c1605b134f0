"""What leaves, when, and what happens when it can't."""

import re
import socket
from datetime import timedelta
from email.utils import parseaddr

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from campaign.outbox import health
from campaign.outbox.models import OutboxTask
from petition.email_address import email_key
from petition.enums import SignatureState, SuppressionReason, SuppressionScope
from petition.models import PendingSignature, Signature, Suppression
from tests.factories import SignatureFactory
from tests.people import Form, confirm_path, drain_outbox, html_of, links_in, path_of, personal_path, text_of

pytestmark = pytest.mark.django_db


def test_the_confirmation_mail_is_whole(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    (message,) = mailbox.messages
    assert message["Subject"] == "Confirmez votre signature"
    assert parseaddr(message["From"]) == (petition.sender_name, petition.sender_address)
    assert message["Reply-To"] == petition.reply_to
    assert message["To"] == "elise@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None
    assert message["Message-ID"].endswith("@testserver>")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert '<html lang="fr">' in html_of(message)
    assert "Élise" in text_of(message)
    assert "Une demande" in text_of(message)
    assert "le ministère des essais" in text_of(message)


def test_an_english_signature_gets_english_mails_and_english_links(petition, visitor, mailbox):
    visitor.sign(petition, "en")
    drain_outbox()
    (message,) = mailbox.messages
    assert message["Subject"] == "Confirm your signature"
    assert "A demand" in text_of(message)
    assert all(path_of(link).startswith("/en/") for link in links_in(message))


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_mails_are_set_as_their_language_is(petition, visitor, mailbox, kind):
    visitor.sign(petition)
    visitor.sign(petition, "en", email="autre@example.org")
    drain_outbox()
    french, english = (
        message.get_body((kind,)).get_content()
        for message in sorted(mailbox.messages, key=lambda m: m["To"])[::-1]
    )
    assert "«\u00a0Une demande\u00a0» (destinataire\u00a0: le ministère des essais)" in french
    assert "\u202f; vous pouvez simplement y répondre" in french
    assert not {"\u00a0", "\u202f"} & set(english)


@pytest.mark.parametrize("message_number", [0, 1, 2])
def test_links_are_short_ours_alone_on_their_line_and_the_same_in_both_parts(
    petition, visitor, mailbox, message_number
):
    longest = {"first_name": "É" * 100, "last_name": "É" * 100}
    visitor.sign(petition, **longest)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[0]))
    visitor.sign(petition)
    drain_outbox()
    assert len(mailbox.messages) == 3
    message = mailbox.messages[message_number]
    links = links_in(message)
    assert links
    for link in links:
        assert link.startswith(settings.SITE_URL + "/")
        assert len(link) < 200
        assert link in text_of(message).splitlines()
        assert f'href="{link}"' in html_of(message)
    hrefs = re.findall(r'(?:href|src)="([^"]+)"', html_of(message))
    assert set(hrefs) == set(links)
    assert "<img" not in html_of(message)


def test_nothing_that_was_typed_stands_in_a_mail_but_the_first_name(petition, visitor, mailbox):
    visitor.sign(petition, last_name="Nomdefamille", postcode="75011")
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[0]))
    visitor.sign(petition, last_name="Nomdefamille")
    drain_outbox()
    assert len(mailbox.messages) == 3
    for message in mailbox.messages:
        # Read as a person does: the message itself is encoded, and a word looked for there is never found.
        read = "\n".join([*map(str, message.values()), text_of(message), html_of(message)])
        assert "Élise" in read
        assert "Nomdefamille" not in read
        assert "75011" not in read
        assert "Élise" not in "".join(map(str, message.values()))


def test_a_first_name_with_markup_stays_text(petition, visitor, mailbox):
    visitor.sign(petition, first_name='<a href="/x.example">Ici</a> & "là"')
    drain_outbox()
    (message,) = mailbox.messages
    assert '<a href="/x.example">' not in html_of(message)
    assert '<a href="/x.example">Ici</a> & "là"' in text_of(message)


def test_mail_to_an_internationalised_domain_leaves_in_ascii(petition, visitor, mailbox):
    visitor.sign(petition, email="jose@société.fr")
    drain_outbox()
    (message,) = mailbox.messages
    assert message["To"] == "jose@xn--socit-esab.fr"


class TestTheWorkerChoosesTheMail:
    def test_an_address_that_has_signed_is_told_so_and_its_pending_row_goes(
        self, petition, visitor, mailbox, signed
    ):
        before = len(mailbox.messages)
        visitor.sign(petition, email="ELISE@example.org")
        drain_outbox()
        (message,) = mailbox.messages[before:]
        assert message["Subject"] == "Vous avez déjà signé"
        assert message["To"] == "elise@example.org"
        # The same signature's link; each mail stamps its own second into it.
        assert personal_path(message).split("~")[0] == signed[1].split("~")[0]
        assert not PendingSignature.objects.exists()
        assert Signature.objects.count() == 1

    def test_a_signature_set_aside_gets_no_mail(self, petition, visitor, mailbox):
        SignatureFactory(petition=petition, email="elise@example.org", state=SignatureState.INVALIDATED)
        visitor.sign(petition)
        drain_outbox()
        assert mailbox.messages == []
        assert not PendingSignature.objects.exists()

    @pytest.mark.parametrize("scope", [SuppressionScope.ALL_MAIL, SuppressionScope.PETITION])
    def test_a_suppressed_address_gets_no_mail(self, petition, visitor, mailbox, scope):
        Suppression.objects.create(
            email_key=email_key("elise@example.org"),
            scope=scope,
            petition=petition if scope == SuppressionScope.PETITION else None,
            reason=SuppressionReason.BOUNCE,
            created_at=timezone.now(),
        )
        visitor.sign(petition)
        drain_outbox()
        assert mailbox.messages == []

    def test_a_suppression_of_the_newsletter_or_one_that_is_over_stops_no_confirmation(
        self, petition, visitor, mailbox
    ):
        key, now = email_key("elise@example.org"), timezone.now()
        common = {"email_key": key, "created_at": now}
        Suppression.objects.create(
            scope=SuppressionScope.NEWSLETTER, reason=SuppressionReason.REFUSAL, **common
        )
        Suppression.objects.create(
            scope=SuppressionScope.PETITION,
            petition=petition,
            reason=SuppressionReason.NOT_ME,
            until=now - timedelta(seconds=1),
            **common,
        )
        visitor.sign(petition)
        drain_outbox()
        assert len(mailbox.messages) == 1

    def test_two_tries_before_the_worker_comes_are_answered_by_one_mail(self, petition, visitor, mailbox):
        visitor.sign(petition, first_name="Un")
        visitor.sign(petition, first_name="Deux")
        drain_outbox()
        (message,) = mailbox.messages
        assert "Deux" in text_of(message)
        assert visitor.read(confirm_path(message)).status_code == 200


class TestThreeMailsADay:
    def test_at_most_three_leave_whoever_asks_and_nobodys_link_dies_of_it(self, petition, visitor, mailbox):
        for spelling in ["elise@example.org", "ELISE@example.org", "elise+a@example.org"] * 2:
            visitor.sign(petition, email=spelling)
            drain_outbox()
            visitor.send("/signature/message/", {"email": spelling})
            drain_outbox()
        assert len(mailbox.messages) == 3
        response = visitor.read(confirm_path(mailbox.messages[-1]))
        assert response.status_code == 200
        assert 'id="confirm-form"' in response.content.decode()

    def test_another_spelling_kills_no_link_and_the_fresh_mail_goes_where_its_link_was_sent(
        self, petition, visitor, mailbox
    ):
        """Whether dora+x@ and dora@ reach one mailbox is for the provider to know: neither may cut off the other."""
        visitor.sign(petition, email="dora@example.org")
        drain_outbox()
        visitor.sign(petition, email="dora+nobody@example.org", first_name="Autre")
        drain_outbox()
        own = confirm_path(mailbox.to("dora@example.org")[0])
        assert visitor.read(own).status_code == 200
        visitor.send(f"{own}message/")
        drain_outbox()
        fresh = mailbox.to("dora@example.org")
        assert len(fresh) == 2
        visitor.send(confirm_path(fresh[-1]))
        assert Signature.objects.get().email == "dora@example.org"

    def test_the_address_kept_is_the_one_whose_mail_was_followed(self, petition, visitor, mailbox):
        visitor.sign(petition, email="dora@example.org")
        drain_outbox()
        visitor.sign(petition, email="dora+x@example.org")
        drain_outbox()
        own = confirm_path(mailbox.to("dora@example.org")[0])
        shown = Form(visitor.read(own).content.decode(), "confirm-form").values
        visitor.send(own, shown)
        assert Signature.objects.get().email == "dora@example.org"

    def test_the_next_day_a_mail_leaves_again(self, petition, visitor, mailbox):
        for _ in range(5):
            visitor.sign(petition)
            drain_outbox()
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            visitor.sign(petition)
            drain_outbox()
        assert len(mailbox.messages) == 4

    def test_mail_to_one_address_leaves_the_others_free(self, petition, visitor, mailbox):
        for _ in range(5):
            visitor.sign(petition)
            drain_outbox()
        visitor.sign(petition, email="autre@example.org")
        drain_outbox()
        assert len(mailbox.to("autre@example.org")) == 1

    def test_a_mail_that_failed_and_is_tried_again_is_counted_once(self, petition, visitor, mailbox):
        # All on one day, since the next one would begin to count anew.
        morning = timezone.now().replace(hour=6)
        mailbox.answer_to_rcpt = "450 4.2.1 later"
        with time_machine.travel(morning):
            visitor.sign(petition)
        for hours in range(4):
            with time_machine.travel(morning + timedelta(hours=hours, minutes=1)):
                drain_outbox()
        assert OutboxTask.objects.get(kind="signature_mail").attempts == 4
        mailbox.answer_to_rcpt = None
        with time_machine.travel(morning + timedelta(hours=8)):
            drain_outbox()
        assert len(mailbox.messages) == 1


class TestTheServerIsInTrouble:
    """Nothing is lost, and staff are told."""

    def owed(self) -> OutboxTask:
        return OutboxTask.objects.get(kind="signature_mail")

    def test_absent_is_tried_again_by_the_timetable(self, petition, visitor, settings, mailbox):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            settings.EMAIL_PORT = nobody.getsockname()[1]
            visitor.sign(petition)
            drain_outbox()
        task = self.owed()
        assert task.done_at is None
        assert task.failed_at is None
        assert task.due > timezone.now()
        assert task.attempts == 1
        assert task.last_error.startswith("ConnectionRefusedError")
        settings.EMAIL_PORT = mailbox.port
        with time_machine.travel(task.due + timedelta(seconds=1)):
            drain_outbox()
        assert len(mailbox.messages) == 1

    @pytest.mark.parametrize("answer", ["450 4.2.1 later", "421 4.3.2 shutting down"])
    def test_a_passing_refusal_is_tried_again(self, petition, visitor, mailbox, answer):
        mailbox.answer_to_rcpt = answer
        visitor.sign(petition)
        drain_outbox()
        assert self.owed().failed_at is None
        mailbox.answer_to_rcpt = None
        with time_machine.travel(self.owed().due + timedelta(seconds=1)):
            drain_outbox()
        assert len(mailbox.messages) == 1

    def test_a_final_refusal_of_the_address_stays_in_sight_and_repeats_it_nowhere(
        self, petition, visitor, mailbox
    ):
        mailbox.answer_to_rcpt = "550 5.1.1 elise@example.org unknown"
        visitor.sign(petition)
        drain_outbox()
        task = self.owed()
        assert task.failed_at is not None
        assert "550" in task.last_error
        assert "elise" not in task.last_error

    def test_a_refusal_after_the_text_is_tried_again(self, petition, visitor, mailbox):
        mailbox.answer_to_data = "451 4.3.0 try later"
        visitor.sign(petition)
        drain_outbox()
        assert self.owed().done_at is None
        assert PendingSignature.objects.get().mailed == []

    def test_a_server_that_never_answers_is_cut_off_and_tried_again(self, petition, visitor, settings):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
            settings.EMAIL_TIMEOUT = 0.2
            visitor.sign(petition)
            drain_outbox()
        task = self.owed()
        assert task.failed_at is None
        assert "timed out" in task.last_error

    def test_staff_are_warned_when_nothing_has_left_for_15_minutes(self, petition, visitor, mailbox):
        mailbox.answer_to_rcpt = "450 4.2.1 later"
        visitor.sign(petition)
        drain_outbox()
        assert health.mail_is_stuck() is None
        with time_machine.travel(timezone.now() + timedelta(minutes=16)):
            assert health.mail_is_stuck() is not None

    def test_the_product_gives_up_waiting_for_a_server_after_ten_seconds(self):
        from campaign import settings as shipped

        assert shipped.EMAIL_TIMEOUT == 10
