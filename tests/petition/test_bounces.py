"""Mail that comes back, or is called unwanted: no more of it; a confirmed signature stays whatever comes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaign.outbox import queue, registry
from petition import bounces, limits, periods
from petition.email_address import email_key
from petition.enums import (
    BounceKind,
    ContactState,
    EndorsementState,
    QuestionReason,
    SignatureState,
    SuppressionReason,
    SuppressionScope,
    TallyKind,
)
from petition.models import Bounce, Contact, Endorsement, HourlyTally, Signature, Suppression
from petition.services import returning
from tests.factories import ContactFactory, OpenPetitionFactory, PendingSignatureFactory, SignatureFactory
from tests.people import confirm_path, drain_outbox, text_of

ADDRESS = "elise@example.org"
KEY = email_key(ADDRESS)

pytestmark = pytest.mark.django_db


def note(kind: BounceKind, ago: timedelta = timedelta(0)) -> bool:
    return returning.note_bounce(KEY, kind, timezone.now() - ago)


def endorsement(petition, state: EndorsementState) -> Endorsement:
    return Endorsement.objects.create(
        petition=petition,
        state=state,
        language="fr",
        name="Association des essais",
        country="BE",
        first_name="Camille",
        last_name="Essai",
        role="Présidence",
        email=ADDRESS,
        email_key=KEY,
        statement="Essai",
        received_at=timezone.now(),
        confirmed_at=None if state == EndorsementState.RECEIVED else timezone.now(),
    )


def is_written_to() -> bool:
    return not Suppression.objects.in_force(KEY, 0, timezone.now()).exists()


class TestWhatFollows:
    @pytest.mark.parametrize(
        ("kind", "state", "reason"),
        [
            (BounceKind.HARD, ContactState.BOUNCED, SuppressionReason.BOUNCE),
            (BounceKind.COMPLAINT, ContactState.COMPLAINED, SuppressionReason.COMPLAINT),
        ],
    )
    def test_one_final_return_or_complaint_stops_all_mail_at_once_and_the_signature_stays(
        self, petition, kind, state, reason
    ):
        signature = SignatureFactory(petition=petition, email=ADDRESS)
        ContactFactory(petition=petition, email=ADDRESS)
        assert note(kind)
        suppression = Suppression.objects.get()
        assert (suppression.scope, suppression.reason) == (SuppressionScope.ALL_MAIL, reason)
        assert suppression.until >= timezone.now() + timedelta(days=3 * 365 - 1)
        contact = Contact.objects.get()
        assert contact.state == state
        drain_outbox()  # its list is told
        contact.refresh_from_db()
        assert (contact.state, contact.email) == (state, "")
        signature.refresh_from_db()
        assert signature.state == SignatureState.CONFIRMED

    def test_what_waits_for_the_mailbox_is_counted_as_come_back_once_and_a_trial_never(self, petition):
        PendingSignatureFactory(petition=petition, email=ADDRESS, place="FR-75")
        PendingSignatureFactory(petition=OpenPetitionFactory(), email=ADDRESS, trial=True)
        note(BounceKind.SOFT, timedelta(hours=2))
        for hours in (1, 0):
            note(BounceKind.HARD, timedelta(hours=hours))
        tally = HourlyTally.objects.get()
        assert (tally.petition, tally.kind, tally.place, tally.number) == (
            petition,
            TallyKind.BOUNCED,
            "FR-75",
            1,
        )

    def test_a_full_mailbox_stops_nothing(self, petition):
        ContactFactory(petition=petition, email=ADDRESS)
        note(BounceKind.SOFT)
        assert is_written_to()
        assert Contact.objects.get().state == ContactState.SUBSCRIBED

    def test_the_third_time_in_a_week_it_is_left_alone_for_a_week(self, petition):
        for days in (6, 3):
            note(BounceKind.SOFT, timedelta(days=days))
            assert is_written_to()
        note(BounceKind.SOFT)
        assert not is_written_to()
        assert Suppression.objects.get().reason == SuppressionReason.PAUSED
        with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
            assert is_written_to()

    def test_three_times_in_more_than_a_week_stop_nothing(self):
        for days in (8, 3, 0):
            note(BounceKind.SOFT, timedelta(days=days))
        assert is_written_to()

    def test_the_same_report_told_twice_is_one(self):
        moment = timezone.now()
        assert returning.note_bounce(KEY, BounceKind.SOFT, moment)
        for _ in range(5):
            assert not returning.note_bounce(KEY, BounceKind.SOFT, moment)
        assert Bounce.objects.count() == 1
        assert is_written_to()

    def test_a_later_return_renews_what_the_first_one_began(self):
        note(BounceKind.HARD, timedelta(days=1))
        note(BounceKind.HARD)
        assert Suppression.objects.count() == 1

    def test_lifted_it_is_written_to_again_and_the_count_begins_anew_but_a_complaint_stays(self):
        for days in (2, 1, 0):
            note(BounceKind.SOFT, timedelta(days=days))
        note(BounceKind.HARD)
        assert returning.lift(KEY)
        assert is_written_to()
        note(BounceKind.SOFT)
        assert is_written_to()
        assert not returning.lift(KEY)
        note(BounceKind.COMPLAINT)
        assert not returning.lift(KEY)
        assert not is_written_to()

    def test_reports_go_after_a_year_and_what_they_led_to_stays(self):
        note(BounceKind.HARD)
        with time_machine.travel(timezone.now() + timedelta(days=366)):
            assert returning.forget_old(timezone.now()) == 1
            assert not is_written_to()


class TestNothingMoreLeaves:
    @pytest.mark.parametrize("kind", [None, BounceKind.HARD, BounceKind.COMPLAINT])
    def test_no_mail_of_any_kind_leaves_for_the_address(self, petition, mailbox, monkeypatch, kind):
        """Each kind of task that writes to people, each with a row that it writes to as long as nothing came back."""
        monkeypatch.setattr(limits, "MAILS_PER_ADDRESS_AND_DAY", 100)
        two_days_ago = timezone.now() - timedelta(hours=50)
        counted = SignatureFactory(petition=petition, email=ADDRESS)
        held = SignatureFactory(petition=OpenPetitionFactory(), email=ADDRESS, state=SignatureState.HELD)
        fresh = PendingSignatureFactory(petition=OpenPetitionFactory(), email=ADDRESS)
        old = PendingSignatureFactory(petition=OpenPetitionFactory(), email=ADDRESS, mailed_at=two_days_ago)
        contact = ContactFactory(
            petition=petition, email=ADDRESS, confirmed_at=timezone.now() - periods.supporter()
        )
        owed = {
            "signature_mail": (fresh.pk, {}),
            "reminder_mail": (old.pk, {}),
            "thank_you_mail": (counted.pk, {}),
            "held_mail": (held.pk, {}),
            "own_links_mail": (counted.uuid, {}),
            "own_news_mail": (contact.pk, {}),
            "news_question_mail": (contact.pk, {"reason": QuestionReason.YEARS}),
            "endorsement_confirm_mail": (endorsement(petition, EndorsementState.RECEIVED).pk, {}),
            "endorsement_mail": (
                endorsement(petition, EndorsementState.CONFIRMED).pk,
                {"message": "received"},
            ),
        }
        to_staff = {"example_mail", "end_of_names_mail", "review_mail"}
        kinds = set(registry.mail_kinds()) - to_staff
        assert kinds <= set(owed), "Say here whom the new mail is written to"
        if kind:
            note(kind)
        for task in kinds:
            subject, parameters = owed[task]
            queue.put(task, subject=str(subject), parameters=parameters)
        drain_outbox()
        if kind:
            assert mailbox.messages == []
        else:  # the clock may owe the supporter's question once more
            assert len(mailbox.to(ADDRESS)) >= len(kinds)
        assert Signature.objects.count() == 2

    def test_a_fresh_try_of_a_returned_address_is_answered_alike_and_gets_no_mail(
        self, petition, visitor, mailbox
    ):
        note(BounceKind.HARD)
        known, unknown = (visitor.sign(petition, email=who) for who in (ADDRESS, "autre@example.org"))
        drain_outbox()
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert [str(message["To"]) for message in mailbox.messages] == ["autre@example.org"]

    def test_a_link_that_left_before_still_confirms(self, petition, visitor, mailbox):
        """A mail that came back once may have arrived the other time: whoever follows its link reads the mailbox."""
        visitor.sign(petition)
        drain_outbox()
        note(BounceKind.HARD)
        visitor.send(confirm_path(mailbox.messages[0]))
        assert Signature.objects.get().state == SignatureState.CONFIRMED


class TestRefusedOnTheSpot:
    """The server says at once that it doesn't take a mail for this address (RFC 5321 §4.2.1)."""

    def after(self, answer, petition, visitor, mailbox) -> Bounce | None:
        mailbox.answer_to_rcpt = answer
        visitor.sign(petition)
        drain_outbox()
        return Bounce.objects.first()

    @pytest.mark.parametrize("answer", ["550 5.1.1 elise@example.org unknown", "550 no such user here"])
    def test_an_unknown_address_is_a_final_return(self, petition, visitor, mailbox, answer):
        bounce = self.after(answer, petition, visitor, mailbox)
        assert (bounce.email_key, bounce.kind) == (KEY, BounceKind.HARD)
        assert bounce.said in {"550 5.1.1", "550"}
        mailbox.answer_to_rcpt = None
        visitor.sign(petition)
        drain_outbox()
        assert mailbox.messages == []

    @pytest.mark.parametrize("answer", ["554 5.7.1 relay access denied", "550 relay not permitted"])
    def test_our_own_servers_trouble_cuts_nobody_off(self, petition, visitor, mailbox, answer):
        self.after(answer, petition, visitor, mailbox)
        assert is_written_to()
        mailbox.answer_to_rcpt = None
        visitor.sign(petition)
        drain_outbox()
        assert "Bonjour" in text_of(mailbox.messages[0])

    def test_a_passing_refusal_is_no_return(self, petition, visitor, mailbox):
        assert self.after("450 4.2.1 later", petition, visitor, mailbox) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", BounceKind.HARD),
        ("5.2.1", BounceKind.HARD),
        ("5.0.0", BounceKind.HARD),
        ("5.4.4", BounceKind.HARD),
        ("5.2.2", BounceKind.SOFT),
        ("5.7.1", BounceKind.SOFT),
        ("4.2.2", BounceKind.SOFT),
        ("4.4.7", BounceKind.SOFT),
        ("2.0.0", None),
        ("", None),
    ],
)
def test_a_status_says_whether_the_address_is_wrong_or_the_moment(status, kind):
    assert bounces.kind_of_status(status) == kind
