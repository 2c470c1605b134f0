"""Who leaves is noted outside the database, so that a restored backup lets them go again."""

import stat
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition import erasures
from petition.email_address import email_key
from petition.enums import ContactState
from petition.erasures import Entry, Left
from petition.models import Consent, Contact, PendingSignature, Signature, SignatureEvent, Suppression, Total
from petition.services.counting import progress
from petition.services.withdrawal import erase, stop_news, withdraw
from tests.factories import ContactFactory, OpenPetitionFactory
from tests.people import confirm_path, drain_outbox

pytestmark = pytest.mark.django_db

IN_A_BACKUP = (Signature, Consent, SignatureEvent, Total, Contact, PendingSignature, Suppression)
HEALTH = "/health/ready"


@pytest.fixture(autouse=True)
def erasure_file(settings, tmp_path):
    """A file of this test's own."""
    settings.ERASURE_FILE = tmp_path / "kept" / "erasures.log"
    return settings.ERASURE_FILE


@pytest.fixture
def signature(petition, visitor, mailbox):
    """Élise's counted signature, with every box ticked."""
    visitor.sign(petition, agree_public="on", agree_newsletter="on", agree_addressee="on")
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]))
    drain_outbox()
    return Signature.objects.get()


class Backup:
    """The rows of people as they were; put back whole, as a restored database has them."""

    def __init__(self):
        self.rows = {model: list(model.objects.all()) for model in IN_A_BACKUP}

    def restore(self):
        for model in reversed(IN_A_BACKUP):
            # As a restore does it: below the guards of rows that are only added to.
            with connection.cursor() as cursor:
                if model is not SignatureEvent:
                    cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
        for model in IN_A_BACKUP:
            known = set(model.objects.values_list("pk", flat=True))
            model.objects.bulk_create(row for row in self.rows[model] if row.pk not in known)


def lines(erasure_file) -> list[str]:
    return erasure_file.read_text().splitlines() if erasure_file.exists() else []


def replayed(*arguments: str) -> str:
    said = StringIO()
    call_command("replay_erasures", *arguments, stdout=said)
    return said.getvalue()


class TestALineForEachWayToLeave:
    def test_it_holds_moment_kind_and_fingerprint_and_nobodys_name_or_address(self, signature, erasure_file):
        erase(signature.uuid)
        (line,) = lines(erasure_file)
        moment, kind, key, petition = line.split()
        assert (kind, key, petition) == ("erased", email_key("elise@example.org"), "-")
        assert moment.endswith("+00:00")
        for word in ("lise", "Essai", "example"):
            assert word not in line

    def test_only_its_owner_may_read_it(self, signature, erasure_file):
        erase(signature.uuid)
        assert stat.S_IMODE(erasure_file.stat().st_mode) == 0o600

    def test_withdrawing_one_of_two_names_the_petition(
        self, petition, visitor, mailbox, signature, erasure_file
    ):
        visitor.sign(OpenPetitionFactory())
        withdraw(signature.uuid)
        assert [line.split()[1:] for line in lines(erasure_file)] == [
            ["withdrawn", signature.email_key, str(petition.pk)]
        ]

    def test_withdrawing_the_only_one_erases_everything(self, signature, erasure_file):
        withdraw(signature.uuid)
        assert [line.split()[1] for line in lines(erasure_file)] == ["erased"]

    def test_stopping_the_news(self, signature, erasure_file):
        stop_news(signature.uuid)
        assert [line.split()[1] for line in lines(erasure_file)] == ["news"]

    def test_each_line_comes_after_those_before(self, signature, erasure_file):
        stop_news(signature.uuid)
        erase(signature.uuid)
        assert [entry.kind for entry in erasures.entries()] == [Left.NEWS, Left.ERASED]

    def test_who_was_never_there_leaves_no_line(self, signature, erasure_file):
        erase(signature.uuid)
        erase(signature.uuid)
        withdraw(signature.uuid)
        assert len(lines(erasure_file)) == 1


class TestAFileThatCantBeWritten:
    @pytest.fixture
    def unwritable(self, settings, tmp_path):
        """A folder stands where the file should be: nobody can write there, not even root."""
        settings.ERASURE_FILE = tmp_path / "taken"
        settings.ERASURE_FILE.mkdir()
        return settings.ERASURE_FILE

    def test_keeps_nobody_from_leaving_and_the_line_is_owed_until_it_is_written(
        self, petition, visitor, signature, unwritable, caplog
    ):
        erase(signature.uuid)
        assert not Signature.objects.exists()
        assert progress(petition).count == 0
        assert "erasures" in caplog.text
        assert signature.email_key not in caplog.text
        drain_outbox()
        assert OutboxTask.objects.owed().filter(kind=erasures.TASK).exists()

        unwritable.rmdir()
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            drain_outbox()
        (line,) = lines(unwritable)
        assert line.split()[1:] == ["erased", signature.email_key, "-"]
        task = OutboxTask.objects.get(kind=erasures.TASK)
        assert (task.subject, task.parameters) == ("", {}), "the fingerprint goes once it has served"

    def test_is_told_by_the_health_page(self, visitor, signature, unwritable):
        assert "erasures" not in visitor.read(HEALTH).json()["degraded"]
        erase(signature.uuid)
        answer = visitor.read(HEALTH)
        assert answer.status_code == 200
        assert "erasures" in answer.json()["degraded"]


class TestARestoredBackup:
    def test_whoever_erased_everything_is_gone_again(self, petition, signature):
        backup = Backup()
        erase(signature.uuid)
        backup.restore()
        assert Signature.objects.exists()
        assert Contact.objects.exists()
        said = replayed()
        assert "signatures 1" in said
        assert "supporters 1" in said
        for model in (Signature, Consent, Contact, PendingSignature):
            assert not model.objects.exists()
        assert progress(petition).count == 0
        last = SignatureEvent.objects.latest("pk")
        assert (last.kind, last.delta, last.signature_uuid) == ("withdrawn", -1, signature.uuid)

    def test_doing_it_twice_changes_nothing_more(self, petition, signature):
        backup = Backup()
        erase(signature.uuid)
        backup.restore()
        replayed()
        assert "signatures 0, requests 0, supporters 0, consents 0" in replayed()

    def test_a_dry_run_says_the_same_and_keeps_everything(self, petition, signature):
        backup = Backup()
        erase(signature.uuid)
        backup.restore()
        said = replayed("--dry-run")
        assert "Would be taken back: signatures 1" in said
        assert Signature.objects.exists()
        assert progress(petition).count == 1

    def test_who_came_back_by_a_confirmation_of_their_own_stays(self, petition, visitor, mailbox, signature):
        erase(signature.uuid)
        visitor.sign(petition, agree_newsletter="on")
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[-1]))
        replayed()
        assert progress(petition).count == 1
        assert Contact.objects.get().state == ContactState.SUBSCRIBED

    def test_who_withdrew_one_of_two_keeps_the_other(self, petition, visitor, mailbox, signature):
        other = OpenPetitionFactory()
        visitor.sign(other)
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[-1]))
        backup = Backup()
        withdraw(signature.uuid)
        backup.restore()
        replayed()
        assert (progress(petition).count, progress(other).count) == (0, 1)
        assert Contact.objects.exists()

    def test_a_request_that_was_said_to_be_nobodys_goes_again(self, petition, visitor, mailbox):
        visitor.sign(petition)
        backup = Backup()
        withdraw(PendingSignature.objects.get().uuid)
        backup.restore()
        assert "requests 1" in replayed()
        assert not PendingSignature.objects.exists()

    def test_who_stopped_the_news_gets_none_and_keeps_the_signature(self, petition, signature):
        backup = Backup()
        stop_news(signature.uuid)
        backup.restore()
        assert Contact.objects.get().state == ContactState.SUBSCRIBED
        said = replayed()
        assert "supporters 1, consents 1" in said
        assert Contact.objects.get().state == ContactState.UNSUBSCRIBED
        assert Consent.objects.get(text__purpose="newsletter").withdrawn_at is not None
        assert progress(petition).count == 1

    def test_a_name_that_was_hidden_is_not_shown_again(self, petition, signature):
        backup = Backup()
        erasures.note(Left.PUBLIC, signature.email_key, petition.pk)
        backup.restore()
        replayed()
        assert not Signature.objects.get().is_public
        assert Consent.objects.get(text__purpose="public").withdrawn_at is not None
        assert Consent.objects.get(text__purpose="addressee").withdrawn_at is None

    def test_other_people_are_left_alone(self, petition, visitor, mailbox, signature):
        visitor.sign(petition, email="autre@example.org")
        drain_outbox()
        visitor.send(confirm_path(mailbox.messages[-1]))
        ContactFactory(petition=petition, email="tiers@example.org")
        backup = Backup()
        erase(signature.uuid)
        backup.restore()
        replayed()
        assert Signature.objects.get().email == "autre@example.org"
        assert Contact.objects.get().email == "tiers@example.org"

    def test_only_what_was_erased_since_a_day_may_be_asked_for(self, petition, signature):
        backup = Backup()
        erase(signature.uuid)
        backup.restore()
        tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d}"
        assert "Lines read: 0" in replayed("--since", tomorrow)
        assert "Lines read: 1" in replayed("--since", "2020-01-01T08:00")
        with pytest.raises(CommandError):
            replayed("--since", "hier")


class TestOldLines:
    def test_go_once_no_backup_can_be_older(self, erasure_file):
        now = timezone.now()
        for days in (50, 41, 39, 1):
            erasures.append(Entry(now - timedelta(days=days), Left.ERASED, "0" * 32))
        drain_outbox()
        ages = [(now - entry.moment).days for entry in erasures.entries()]
        assert ages == [39, 1]
        assert stat.S_IMODE(erasure_file.stat().st_mode) == 0o600

    def test_a_line_that_was_cut_off_is_kept_and_passed_over(self, erasure_file):
        now = timezone.now()
        erasures.append(Entry(now - timedelta(days=50), Left.ERASED, "0" * 32))
        with erasure_file.open("a") as file:
            file.write("2026-01-01T00:00 era\n")
        erasures.append(Entry(now, Left.ERASED, "1" * 32))
        assert erasures.drop_before(now - timedelta(days=40)) == 1
        assert [entry.email_key for entry in erasures.entries()] == ["1" * 32]
        assert len(lines(erasure_file)) == 2

    def test_without_a_file_there_is_nothing_to_do(self, erasure_file):
        assert erasures.drop_before(timezone.now()) == 0
        assert "Lines read: 0" in replayed()
