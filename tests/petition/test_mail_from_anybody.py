"""What people type, and what goes wrong between us and the mail server, spoils no mail and sends none too many."""

import socket
from email.utils import getaddresses, parseaddr
from urllib.parse import unquote

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from campaign.outbox.models import OutboxTask
from campaign.roles import Role, ensure_roles
from petition import emails, limits
from petition.models import PendingSignature, Petition, Signature
from petition.services import signing
from tests.factories import (
    OpenPetitionFactory,
    PendingSignatureFactory,
    PetitionTextFactory,
    SignatureFactory,
)
from tests.people import confirm_path, drain_outbox, html_of, links_in, path_of, text_of

pytestmark = pytest.mark.django_db

HEADERS = {"from", "reply-to", "to", "subject", "date", "message-id", "auto-submitted"}
INJECTIONS = [
    "Jean\r\nBcc: x@example.net",
    "Jean\nBcc: x@example.net",
    "Jean\rTo: x@example.net",
    unquote("Jean%0d%0aBcc: x@example.net"),
    "Jean\u2028Bcc: x@example.net",
    "Jean\x00\x0b\x0cBcc: x@example.net",
    "=?utf-8?q?Jean=0D=0ABcc:_x=40example.net?=",
]


def only_our_headers(message) -> bool:
    names = {name.lower() for name in message} - {
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    }
    return names == HEADERS and [address for _name, address in getaddresses([str(message["To"])])] == [
        "elise@example.org"
    ]


class TestHeaders:
    @pytest.mark.parametrize("field", ["first_name", "last_name"])
    @pytest.mark.parametrize("typed", INJECTIONS)
    def test_no_name_adds_a_header_or_a_recipient(self, petition, visitor, mailbox, field, typed):
        answer = visitor.sign(petition, **{field: typed})
        assert answer.status_code in {303, 422}
        drain_outbox()
        for message in mailbox.messages:
            assert only_our_headers(message)
            assert message["Subject"] == "Confirmez votre signature"

    @pytest.mark.parametrize(
        "typed",
        [
            "elise@example.org\r\nBcc: x@example.net",
            "elise@example.org\nx@example.net",
            "elise@example.org, x@example.net",
            '"elise@example.org\r\n"@example.net',
            "elise@example.org\x00",
            "Élise <elise@example.org>, <x@example.net>",
        ],
    )
    def test_no_address_is_two(self, petition, visitor, mailbox, typed):
        answer = visitor.sign(petition, email=typed)
        assert answer.status_code in {303, 422}
        drain_outbox()
        for message in mailbox.messages:
            assert only_our_headers(message)

    @pytest.mark.parametrize("typed", INJECTIONS[:5])
    def test_no_title_of_a_petition_reaches_a_header(self, visitor, mailbox, typed):
        petition = OpenPetitionFactory()
        PetitionTextFactory(petition=petition, version=2, title=typed)
        visitor.sign(petition)
        drain_outbox()
        (message,) = mailbox.messages
        assert only_our_headers(message)
        assert message["Subject"] == "Confirmez votre signature"

    @pytest.mark.parametrize("field", ["sender_name", "organiser"])
    @pytest.mark.parametrize("typed", INJECTIONS[:4])
    def test_staff_cannot_give_the_sender_a_second_line(self, petition, field, typed):
        setattr(petition, field, typed)
        with pytest.raises(ValidationError):
            petition.full_clean()

    @pytest.mark.parametrize(
        "name", ["R&D d'ici", 'Essai, "le vrai"', "Essai <x@example.net>", "日本 & É", "a@b; c:"]
    )
    def test_any_other_sender_is_one_sender_with_real_signs(self, visitor, mailbox, name):
        petition = OpenPetitionFactory(sender_name=name)
        visitor.sign(petition)
        drain_outbox()
        (message,) = mailbox.messages
        assert parseaddr(str(message["From"])) == (name, petition.sender_address)
        assert only_our_headers(message)


class TestNobodyIsSentAText:
    def test_of_an_advertisement_in_the_names_nothing_reaches_a_stranger(self, petition, visitor, mailbox):
        for first, last in [
            ("GAGNEZ 1000 EUR http://spam.example", "Essai"),
            ("www.spam.example", "Essai"),
            ("Essai", "GAGNEZ http://spam.example"),
            ("spam.example/gagnez", "Essai"),
        ]:
            visitor.sign(petition, first_name=first, last_name=last, email="victime@example.org")
            drain_outbox()
        for message in mailbox.messages:
            read = text_of(message) + html_of(message) + str(message["Subject"])
            assert "spam.example" not in read
            assert "GAGNEZ" not in read

    def test_every_mail_comes_from_us_and_is_answered_to_the_organiser(self, petition, visitor, mailbox):
        """The signatory's own address as sender would be refused by their provider's policy (DMARC)."""
        visitor.sign(petition, email="quelquun@strict.example.org")
        drain_outbox()
        (message,) = mailbox.messages
        assert parseaddr(str(message["From"]))[1] == petition.sender_address
        assert message["Reply-To"] == petition.reply_to
        assert message["Sender"] is None


class TestNobodyIsFloodedWithMails:
    def test_one_mailbox_asked_for_at_many_petitions_gets_three_a_day(self, visitor, mailbox):
        petitions = OpenPetitionFactory.create_batch(4)
        with time_machine.travel(timezone.now().replace(hour=8)):
            for _ in range(3):
                for petition in petitions:
                    visitor.sign(petition, email="victime@example.org")
                drain_outbox()
        assert len(mailbox.messages) == limits.MAILS_PER_ADDRESS_AND_DAY

    def test_many_mailboxes_get_one_each_and_only_as_many_as_one_network_may(
        self, petition, visitor, mailbox, monkeypatch
    ):
        monkeypatch.setattr(limits, "NETWORK_HARD_PER_HOUR", 12)
        answers = [visitor.sign(petition, email=f"victime-{n}@example.org").status_code for n in range(20)]
        drain_outbox()
        assert 429 in answers
        assert len(mailbox.messages) == answers.count(303) <= 12
        assert len({str(message["To"]) for message in mailbox.messages}) == len(mailbox.messages)

    def test_thirty_presses_of_the_button_from_thirty_networks_are_three_mails(
        self, petition, visitor, mailbox
    ):
        with time_machine.travel(timezone.now().replace(hour=8)):
            visitor.sign(petition)
            drain_outbox()
            link = confirm_path(mailbox.messages[0])
            for number in range(30):
                asker = Client(REMOTE_ADDR=f"203.0.{number}.9")
                path, data = [
                    (f"{link}message/", {}),
                    ("/signature/message/", {"email": "elise@example.org"}),
                ][number % 2]
                asker.post(
                    path, data, headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
                )
            drain_outbox()
        assert len(mailbox.messages) == limits.MAILS_PER_ADDRESS_AND_DAY
        assert (
            visitor.read(link).status_code == 200
            or visitor.read(confirm_path(mailbox.messages[-1])).status_code == 200
        )

    def test_the_mail_that_a_stranger_gets_has_the_way_to_say_it_was_not_them(
        self, petition, visitor, mailbox
    ):
        visitor.sign(petition, email="victime@example.org")
        drain_outbox()
        (message,) = mailbox.messages
        others = [path_of(link) for link in links_in(message) if "/confirmation/" not in link]
        assert any(visitor.read(path).status_code == 200 for path in others)


class TestBetweenUsAndTheServer:
    def test_while_the_server_is_away_all_goes_on_and_one_mail_leaves_later_by_itself(
        self, petition, visitor, settings, mailbox
    ):
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            settings.EMAIL_PORT = nobody.getsockname()[1]
            for _ in range(2):  # the person tries again
                assert visitor.sign(petition).status_code == 303
                drain_outbox()
        assert PendingSignature.objects.count() == 1
        settings.EMAIL_PORT = mailbox.port
        with time_machine.travel(timezone.now() + limits.BUCKET_LIFE):
            drain_outbox()
            (message,) = mailbox.messages
            visitor.send(confirm_path(message))
        assert Signature.objects.count() == 1

    def test_no_mail_leaves_for_what_was_never_stored(self, petition, mailbox):
        class Away(Exception):
            """The database, at the worst moment."""

        with pytest.raises(Away), transaction.atomic():
            signing.owe_signature_mail(PendingSignatureFactory(petition=petition))
            raise Away
        drain_outbox()
        assert mailbox.messages == []
        assert not OutboxTask.objects.filter(kind="signature_mail").exists()

    def test_a_mail_sent_twice_by_a_crash_is_one_message_and_its_link_works(
        self, petition, visitor, mailbox, monkeypatch
    ):
        def crash(pending):
            raise KeyboardInterrupt

        visitor.sign(petition)
        monkeypatch.setattr(signing, "note_mailed", crash)
        with pytest.raises(KeyboardInterrupt):
            drain_outbox()
        monkeypatch.undo()
        with time_machine.travel(timezone.now() + limits.FORM_TOO_FAST * 200):  # the lease has run out
            drain_outbox()
        first, second = mailbox.messages
        assert first["Message-ID"] == second["Message-ID"]
        for message in (first, second):
            assert 'id="confirm-form"' in visitor.read(confirm_path(message)).content.decode()

    def test_after_a_mail_that_failed_signing_again_brings_a_link_that_works(
        self, petition, visitor, mailbox
    ):
        mailbox.answer_to_data = "554 5.6.0 refused"
        visitor.sign(petition)
        drain_outbox()
        mailbox.answer_to_data = None
        visitor.sign(petition)
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[-1]))
        assert Signature.objects.count() == 1


class TestLanguage:
    def test_whoever_triggers_a_mail_it_is_in_the_readers_language(
        self, petition, visitor, mailbox, django_user_model
    ):
        """Signed in English; somebody whose admin is French has the failed mail sent again."""
        visitor.sign(petition, "en")
        mailbox.answer_to_rcpt = "554 5.7.1 relaying denied"
        drain_outbox()
        mailbox.answer_to_rcpt = None
        task = OutboxTask.objects.get(kind="signature_mail")
        user = django_user_model.objects.create_user("gestion", password="a-long-enough-password")
        user.groups.add(ensure_roles()[Role.PETITION_MANAGER])
        staff = Client()
        staff.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        from django.urls import reverse

        staff.post(reverse("deliveries:try_again", args=[task.pk]))
        with translation.override("fr"):
            drain_outbox()
        (message,) = mailbox.messages
        assert message["Subject"] == "Confirm your signature"
        assert "A demand" in text_of(message)
        assert '<html lang="en">' in html_of(message)
        assert "A demand" in html_of(message)
        assert all(path_of(link).startswith("/en/") for link in links_in(message))
        assert parseaddr(str(message["From"]))[0] == petition.sender_name

    def test_a_mail_of_one_language_leaves_the_next_ones_alone(self, petition):
        rows = [SignatureFactory(petition=petition, language=language) for language in ("en", "fr", "en")]
        with translation.override("fr"):
            subjects = [emails.thank_you_mail(row).subject for row in rows]
        assert subjects[0] == subjects[2] != subjects[1]
        assert Petition.objects.count() == 1
