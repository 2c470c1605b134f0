"""The mailbox in which undeliverable mail comes back: read by the worker, believed only where our own token is."""

import shutil
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import pytest
import time_machine
from django.utils import timezone

from campaign.outbox.models import ScheduledRun
from petition import return_mailbox
from petition.bounce_handlers import read_returned_mail
from petition.email_address import email_key
from petition.enums import BounceKind
from petition.models import Bounce, Suppression
from petition.return_path import return_address, rows_named_in
from petition.services import bounce_feed
from tests.factories import ContactFactory, PendingSignatureFactory, SignatureFactory
from tests.fakes.pop3 import Pop3
from tests.people import drain_outbox
from tests.returned import WHEN, complaint, delivery_report, holiday_reply

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_reports(settings):
    settings.BOUNCE_ADDRESS = "retours@petition.example.org"
    with time_machine.travel(WHEN + timedelta(hours=1)):
        yield


@pytest.fixture
def drop(settings):
    """A maildrop that the settings name."""
    with Pop3() as box:
        settings.BOUNCE_MAILBOX = box.settings
        yield box


@pytest.fixture
def signature(petition):
    return SignatureFactory(petition=petition)


@pytest.fixture
def returned_to(signature):
    return return_address(signature.uuid)


def kinds() -> list[str]:
    return list(Bounce.objects.order_by("pk").values_list("kind", flat=True))


class TestTheReturnPath:
    def test_each_mail_leaves_with_an_envelope_of_its_own_and_is_read_as_before(
        self, petition, visitor, mailbox
    ):
        envelopes = []

        async def handle_MAIL(server, session, envelope, address, options):
            envelopes.append(address)
            envelope.mail_from = address
            return "250 OK"

        mailbox.handle_MAIL = handle_MAIL
        visitor.sign(petition)
        visitor.sign(petition, email="autre@example.org")
        drain_outbox()
        assert len(set(envelopes)) == 2
        for address, message in zip(envelopes, mailbox.messages, strict=True):
            assert address.startswith("retours+")
            assert address.endswith("@petition.example.org")
            assert len(address.partition("@")[0]) <= 64
            assert parseaddr(message["From"]) == (petition.sender_name, petition.sender_address)
            assert address not in str(message)

    def test_without_the_setting_mail_comes_back_to_the_sender(self, settings, signature):
        settings.BOUNCE_ADDRESS = ""
        assert return_address(signature.uuid) == ""
        assert rows_named_in("retours+aaa@petition.example.org") == []

    def test_it_names_the_row_in_any_case_and_nobodys_address(self, signature, returned_to):
        assert rows_named_in(returned_to.upper()) == [signature.uuid]
        assert signature.email_key not in returned_to

    def test_an_altered_one_names_nobody(self, returned_to):
        token = returned_to.partition("+")[2].partition("@")[0]
        for position in range(len(token) - 1):
            other = "b" if token[position] == "a" else "a"
            forged = f"{token[:position]}{other}{token[position + 1 :]}"
            assert rows_named_in(f"retours+{forged}@petition.example.org") == []

    def test_one_signed_by_another_secret_names_nobody(self, settings, returned_to):
        settings.LINK_SECRET = "another-secret-another-secret-another"
        assert rows_named_in(returned_to) == []


class TestWhatIsRead:
    def test_a_final_return_is_written_down_without_anybodys_words_and_its_message_goes(
        self, drop, signature, returned_to
    ):
        drop.messages = [delivery_report(returned_to)]
        assert "1" in read_returned_mail()
        bounce = Bounce.objects.get()
        assert (bounce.email_key, bounce.kind) == (signature.email_key, BounceKind.HARD)
        assert (bounce.happened_at, bounce.said) == (WHEN, "550 5.1.1")
        assert Suppression.objects.exists()
        assert drop.messages == []

    def test_a_full_mailbox_and_a_server_that_gave_up_are_returns_of_the_moment(self, drop, returned_to):
        drop.messages = [
            delivery_report(returned_to, status="5.2.2", diagnosis="smtp; 552 5.2.2 full"),
            delivery_report(returned_to, status="4.4.7", when=WHEN + timedelta(minutes=1)),
        ]
        read_returned_mail()
        assert kinds() == [BounceKind.SOFT] * 2
        assert not Suppression.objects.exists()

    def test_a_complaint_is_found_by_the_envelope_that_it_quotes(self, drop, returned_to):
        drop.messages = [complaint(returned_to), complaint(returned_to, kind="not-spam")]
        read_returned_mail()
        assert kinds() == [BounceKind.COMPLAINT]

    @pytest.mark.parametrize("factory", [PendingSignatureFactory, ContactFactory])
    def test_mails_to_those_who_have_not_confirmed_and_to_supporters_come_back_too(
        self, drop, petition, factory
    ):
        row = factory(petition=petition, email="autre@example.org")
        drop.messages = [delivery_report(return_address(row.uuid))]
        read_returned_mail()
        assert Bounce.objects.get().email_key == email_key("autre@example.org")

    def test_anything_else_is_passed_over_and_goes(self, drop, returned_to):
        forged = returned_to.replace("retours+", "retours+x", 1)
        drop.messages = [
            holiday_reply(returned_to),
            delivery_report(returned_to, action="delayed", status="4.4.1"),
            delivery_report(returned_to, action="delivered", status="2.0.0"),
            delivery_report(forged),
            delivery_report("retours@petition.example.org"),
            b"Subject: GAGNEZ\r\n\r\nhttp://spam.example",
        ]
        report = read_returned_mail()
        assert "6" in report
        assert not Bounce.objects.exists()
        assert drop.messages == []

    def test_a_report_about_somebody_who_has_left_is_passed_over(self, drop, signature, returned_to):
        signature.delete()
        drop.messages = [delivery_report(returned_to)]
        read_returned_mail()
        assert not Bounce.objects.exists()

    def test_malformed_messages_are_counted_and_block_nobody(self, drop, returned_to):
        good = delivery_report(returned_to)
        drop.messages = [
            b"",
            b"\xff\xfe\x00\r\n\r\n",
            good.replace(b"Status: 5.1.1", b"Status: \xff\xff"),
            good.replace(b"message/delivery-status", b"message/delivery-status; x=\xe9"),
            good.replace(b'boundary="b1"', b"boundary="),
            good.replace(b"Date: ", b"Date: tomorrow "),
            complaint(returned_to).replace(b"Feedback-Type", b"Feedback"),
            b"Content-Type: multipart/report; boundary=b\r\n\r\nno part",
            b"X: " + b"y" * 100_000 + b"\r\n\r\n",
            good,
        ]
        read_returned_mail()
        assert drop.messages == []
        assert BounceKind.HARD in kinds()

    def test_a_date_ahead_of_us_is_not_believed(self, drop, returned_to):
        drop.messages = [delivery_report(returned_to, when=datetime(2040, 1, 1, tzinfo=UTC))]
        read_returned_mail()
        assert Bounce.objects.get().happened_at <= timezone.now()

    def test_a_line_that_begins_with_a_dot_comes_through_whole(self, drop):
        seen = []
        drop.messages = [b"Subject: x\r\n\r\n.\r\n..\r\nend"]
        return_mailbox.read(return_mailbox.settings_mailbox(), seen.append)
        assert seen == [b"Subject: x\r\n\r\n.\r\n..\r\nend"]

    def test_so_many_a_run_and_the_rest_in_the_next(self, drop):
        drop.messages = [holiday_reply("x@example.org")] * 5
        mailbox = return_mailbox.settings_mailbox()
        assert return_mailbox.read(mailbox, lambda raw: None, most=3) == 3
        assert return_mailbox.read(mailbox, lambda raw: None, most=3) == 2

    def test_a_slow_server_keeps_the_rest_for_the_next_run(self, drop, monkeypatch):
        monkeypatch.setattr(return_mailbox, "LONGEST", -1.0)
        drop.messages = [holiday_reply("x@example.org")] * 2
        assert return_mailbox.read(return_mailbox.settings_mailbox(), lambda raw: None) == 0
        assert len(drop.messages) == 2

    def test_of_a_very_large_message_the_beginning_is_read(self, drop, returned_to, monkeypatch):
        monkeypatch.setattr(return_mailbox, "LARGEST", 3_000)
        drop.messages = [delivery_report(returned_to) + b"x" * 70 + b"\r\n" * 2_000]
        read_returned_mail()
        assert [line for line in drop.heard if line.startswith(("RETR", "TOP"))] == ["TOP 1 2000"]
        assert kinds() == [BounceKind.HARD]


class TestWhenItBreaks:
    def test_after_a_break_all_is_read_again_and_counted_once(self, drop, petition, returned_to):
        other = SignatureFactory(petition=petition)
        drop.messages = [delivery_report(returned_to), delivery_report(return_address(other.uuid))]
        drop.break_at = "RETR 2"
        with pytest.raises(return_mailbox.MailboxTrouble):
            read_returned_mail()
        assert len(drop.messages) == 2
        assert Bounce.objects.count() == 1
        drop.break_at = None
        read_returned_mail()
        assert drop.messages == []
        assert Bounce.objects.count() == 2

    def test_what_could_not_be_written_down_stays_in_the_mailbox(self, drop, monkeypatch):
        drop.messages = [b"a: b\r\n\r\nfirst", b"a: b\r\n\r\nsecond"]

        def take(raw: bytes) -> None:
            if b"second" in raw:
                raise RuntimeError("the database is away")

        with pytest.raises(RuntimeError):
            return_mailbox.read(return_mailbox.settings_mailbox(), take)
        assert [message[-6:] for message in drop.messages] == [b"second"]

    def test_a_refused_login_is_reported_without_user_or_password(self, drop, settings):
        settings.BOUNCE_MAILBOX = {**drop.settings, "password": "wrong-password"}
        drain_outbox()
        run = ScheduledRun.objects.get(name="read_returned_mail")
        assert run.failed_at
        assert "MailboxTrouble" in run.report
        assert "retours" not in run.report
        assert "wrong" not in run.report

    def test_without_a_mailbox_it_says_so(self):
        drain_outbox()
        assert ScheduledRun.objects.get(name="read_returned_mail").failed_at is None

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
    def test_a_server_is_believed_by_its_certificate_alone(self, tmp_path, settings, monkeypatch):
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=essai -days 36500"
        names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
        subprocess.run([*words.split(), *names], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        with Pop3([b"a: b\r\n\r\nc"]) as drop, time_machine.travel(datetime.now(UTC)):
            drop.context = context
            settings.BOUNCE_MAILBOX = drop.settings
            with pytest.raises(return_mailbox.MailboxTrouble):
                read_returned_mail()
            assert not [line for line in drop.heard if line.startswith("USER")]
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            read_returned_mail()
            assert drop.messages == []


class TestSilence:
    """That nothing comes back proves nothing, unless we know that we would hear of it."""

    def test_a_mailbox_that_could_not_be_read_for_a_day_is_told(self, drop, client):
        read_returned_mail()
        heard_at = timezone.now()
        with time_machine.travel(heard_at + timedelta(hours=23), tick=False):
            assert bounce_feed.silent_since() is None
        with time_machine.travel(heard_at + timedelta(hours=25), tick=False):
            assert bounce_feed.silent_since() is not None
            assert "returned_mail" in client.get("/health/ready").json()["degraded"]
            read_returned_mail()
            assert bounce_feed.silent_since() is None

    def test_where_nothing_was_ever_to_be_heard_nothing_is_missed(self):
        assert bounce_feed.silent_since() is None
