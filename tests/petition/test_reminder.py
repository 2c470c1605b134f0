"""The one reminder: two to three days after the mail left, to whoever hasn't confirmed, and never again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from campaign.outbox.registry import schedules
from petition import limits
from petition.email_address import email_key
from petition.enums import BounceKind, PetitionState, SuppressionReason, SuppressionScope
from petition.models import PendingSignature, Petition, Signature, Suppression
from petition.services import reminding, returning
from petition.services.opening import open_petition
from tests.factories import (
    OpenPetitionFactory,
    PendingSignatureFactory,
    PreparedPetitionFactory,
    SignatureFactory,
)
from tests.people import confirm_path, drain_outbox, links_in, personal_path, text_of

ADDRESS = "elise@example.org"

pytestmark = pytest.mark.django_db


def after(hours: float):
    return time_machine.travel(timezone.now() + timedelta(hours=hours))


@pytest.fixture
def waiting(petition, visitor, mailbox):
    """Somebody who signed and has their mail; return that mail."""
    visitor.sign(petition)
    drain_outbox()
    return mailbox.messages[0]


def reminders(mailbox) -> list:
    return [
        message for message in mailbox.messages if str(message["Subject"]).startswith(("Rappel", "Reminder"))
    ]


class TestWhen:
    @pytest.mark.parametrize(("hours", "number"), [(47.9, 0), (48.1, 1), (71.9, 1), (72.1, 0), (200, 0)])
    def test_from_two_days_to_three_after_the_mail_left(self, waiting, mailbox, hours, number):
        with after(hours):
            drain_outbox()
        assert len(reminders(mailbox)) == number

    def test_a_second_run_sends_nothing(self, waiting, mailbox):
        for hours in (49, 50, 60, 71):
            with after(hours):
                drain_outbox()
        assert len(reminders(mailbox)) == 1
        assert PendingSignature.objects.get().reminded_at is not None

    def test_the_two_days_begin_when_the_mail_leaves_not_when_the_form_was_sent(
        self, petition, visitor, mailbox
    ):
        mailbox.answer_to_rcpt = "450 4.2.1 later"
        visitor.sign(petition)
        drain_outbox()
        mailbox.answer_to_rcpt = None
        with after(40):
            drain_outbox()
        with after(50):
            drain_outbox()
        assert reminders(mailbox) == []
        with after(89):
            drain_outbox()
        assert len(reminders(mailbox)) == 1

    def test_whoever_tries_again_afterwards_is_not_reminded_a_second_time(
        self, petition, visitor, mailbox, waiting
    ):
        with after(49):
            drain_outbox()
            visitor.sign(petition)
            drain_outbox()
        with after(100):
            drain_outbox()
        assert len(reminders(mailbox)) == 1

    def test_one_that_the_mail_server_takes_too_late_is_left_out(self, waiting, mailbox):
        mailbox.answer_to_rcpt = "450 4.2.1 later"
        with after(71):
            drain_outbox()
        mailbox.answer_to_rcpt = None
        with after(80):
            drain_outbox()
        assert reminders(mailbox) == []
        assert not OutboxTask.objects.active().exists()


class TestToWhom:
    def test_exactly_those_who_wait_whatever_became_of_the_others(self, petition, visitor, mailbox):
        """Three confirmed, two waiting, one withdrawn, one whose mail came back; then the run by the clock, twice."""
        for name in ("a", "b", "c", "wait-1", "wait-2", "gone", "back"):
            visitor.sign(petition, email=f"{name}@example.org")
        drain_outbox()
        for name in ("a", "b", "c", "gone"):
            visitor.send(confirm_path(mailbox.to(f"{name}@example.org")[0]))
        drain_outbox()
        visitor.send(personal_path(mailbox.to("gone@example.org")[0]))
        returning.note_bounce(email_key("back@example.org"), BounceKind.HARD, timezone.now())
        with after(50):
            assert reminding.due(timezone.now()).count() == 2  # what staff are told before
            drain_outbox()
            drain_outbox()
        assert sorted(str(message["To"]) for message in reminders(mailbox)) == [
            "wait-1@example.org",
            "wait-2@example.org",
        ]

    @pytest.mark.parametrize("kind", [BounceKind.HARD, BounceKind.COMPLAINT])
    def test_none_after_a_return_or_a_complaint_even_at_the_last_moment(self, waiting, mailbox, kind):
        with after(49):
            reminding.owe_reminders(timezone.now())
            returning.note_bounce(email_key(ADDRESS), kind, timezone.now())
            drain_outbox()
        assert reminders(mailbox) == []

    def test_none_to_somebody_who_said_that_it_was_not_them(self, petition, waiting, mailbox):
        Suppression.objects.create(
            email_key=email_key(ADDRESS),
            scope=SuppressionScope.PETITION,
            petition=petition,
            reason=SuppressionReason.NOT_ME,
            created_at=timezone.now(),
        )
        with after(49):
            drain_outbox()
        assert reminders(mailbox) == []

    def test_none_once_it_is_confirmed_between_the_run_and_the_mail(self, waiting, visitor, mailbox):
        with after(49):
            reminding.owe_reminders(timezone.now())
            visitor.send(confirm_path(waiting))
            drain_outbox()
        assert reminders(mailbox) == []

    @pytest.mark.parametrize("state", [PetitionState.CLOSED, PetitionState.DELIVERED, PetitionState.ANSWERED])
    def test_none_once_the_petition_is_over(self, waiting, mailbox, state):
        Petition.objects.update(state=state)
        with after(49):
            drain_outbox()
        assert reminders(mailbox) == []

    def test_none_from_the_closing_moment_on(self, waiting, mailbox):
        Petition.objects.update(closes_at=timezone.now() + timedelta(hours=48, minutes=30))
        with after(49):
            drain_outbox()
        assert reminders(mailbox) == []

    def test_a_trial_is_reminded_while_the_petition_is_prepared_and_never_after_it_opened(self, mailbox):
        petition = PreparedPetitionFactory()
        moment = timezone.now() - timedelta(hours=49)
        first, _second = (
            PendingSignatureFactory(petition=petition, trial=True, mailed_at=moment, received_at=moment)
            for _ in range(2)
        )
        reminding.owe_reminders(timezone.now())
        OutboxTask.objects.exclude(subject=str(first.pk)).delete()
        drain_outbox()
        assert len(reminders(mailbox)) == 2
        PendingSignature.objects.update(reminded_at=None)
        OutboxTask.objects.all().delete()
        reminding.owe_reminders(timezone.now())
        open_petition(petition)
        drain_outbox()
        assert len(reminders(mailbox)) == 2

    def test_it_is_one_of_the_days_three_mails(self, petition, waiting, mailbox):
        key = email_key(ADDRESS)
        with after(49):
            for _ in range(limits.MAILS_PER_ADDRESS_AND_DAY):
                limits.count_mail(key, timezone.now())
            drain_outbox()
        assert reminders(mailbox) == []

    def test_a_run_is_bounded_and_the_longest_waiting_go_first(self, petition, monkeypatch):
        monkeypatch.setattr(reminding, "PER_RUN", 2)
        now = timezone.now()
        rows = [
            PendingSignatureFactory(petition=petition, mailed_at=now - timedelta(hours=hours))
            for hours in (50, 60, 55)
        ]
        assert reminding.owe_reminders(now) == 2
        assert set(OutboxTask.objects.values_list("subject", flat=True)) == {str(rows[1].pk), str(rows[2].pk)}

    def test_it_is_looked_for_every_hour(self):
        assert schedules["remind_unconfirmed"].every == timedelta(hours=1)


class TestWhatItSays:
    def test_both_links_are_good_and_either_confirms(self, waiting, visitor, mailbox):
        with after(49):
            drain_outbox()
            (reminder,) = reminders(mailbox)
            assert confirm_path(reminder) != confirm_path(waiting)
            for link in (confirm_path(waiting), confirm_path(reminder)):
                assert 'id="confirm-form"' in visitor.read(link).content.decode()
        with after(24 * 7 + 12):  # the first mail's link is over, the reminder's has its own seven days
            assert visitor.read(confirm_path(waiting)).status_code == 410
            visitor.send(confirm_path(reminder))
        assert Signature.objects.count() == 1

    def test_it_says_when_it_was_signed_until_when_and_that_it_is_the_only_one(self, waiting, mailbox):
        with after(49):
            drain_outbox()
        (reminder,) = reminders(mailbox)
        assert str(reminder["Subject"]).replace("\u00a0", " ") == "Rappel : confirmez votre signature"
        text = text_of(reminder)
        assert "Une demande" in text
        assert "seul rappel" in text
        assert "valable jusqu’au" in text
        assert len([link for link in links_in(reminder) if "/confirmation/" in link]) == 1

    def test_it_is_in_the_language_of_signing(self, petition, visitor, mailbox):
        visitor.sign(petition, "en")
        drain_outbox()
        with after(49):
            drain_outbox()
        (reminder,) = reminders(mailbox)
        assert reminder["Subject"] == "Reminder: confirm your signature"
        assert "A demand" in text_of(reminder)

    def test_tried_again_after_a_crash_it_is_the_same_message(self, petition, waiting):
        from petition import emails

        pending = PendingSignature.objects.get()
        ids = {emails.reminder_mail(pending).extra_headers["Message-ID"] for _ in range(2)}
        assert len(ids) == 1

    def test_somebody_who_confirmed_meanwhile_by_another_petition_is_still_reminded(
        self, petition, waiting, mailbox
    ):
        SignatureFactory(petition=OpenPetitionFactory(), email=ADDRESS)
        with after(49):
            drain_outbox()
        assert len(reminders(mailbox)) == 1
