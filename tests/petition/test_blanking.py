"""The end of names over a petition's whole life: two warnings, a postponement, the erasing, and every count kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone

from campaign.outbox.models import OutboxTask, ScheduledRun
from petition import ending_handlers
from petition.enums import ConsentPurpose, PetitionState
from petition.errors import PostponementRefused
from petition.links import personal_token
from petition.models import Consent, Contact, PendingSignature, Petition, Signature, SignatureEvent
from petition.services import blanking, ending
from petition.services.closing import close_petition, reopen_petition
from petition.services.confirmation import confirm
from petition.services.counting import progress, recount
from petition.services.delivering import deliver, take_delivery_back
from petition.services.postponing import postpone
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, SignatureFactory
from tests.people import drain_outbox, text_of

pytestmark = pytest.mark.django_db
OPENED = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)  # ten o'clock in Paris
A_DAY = timedelta(days=1)


@pytest.fixture
def clock():
    """Return a function that travels to a moment (UTC), and begins at the opening."""
    travels = []

    def go(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
        for travel in travels:
            travel.stop()
        now = datetime(year, month, day, hour, minute, tzinfo=UTC)
        travels[:] = [time_machine.travel(now, tick=False)]
        travels[0].start()
        return now

    go(2027, 1, 31, 9, 0)
    yield go
    for travel in travels:
        travel.stop()


@pytest.fixture
def petition(clock):
    return OpenPetitionFactory()


@pytest.fixture
def staff(mailbox):
    """Somebody who may postpone, reads French, and has a mailbox."""
    return get_user_model().objects.create_superuser("Essai", email="equipe@example.org")


@pytest.fixture
def worker_has_run(staff):
    """The first run, which only reports, is over."""
    drain_outbox()


def sign(petition, email: str, **consents) -> Signature:
    pending = PendingSignatureFactory.create(
        petition=petition, email=email, received_at=timezone.now(), **consents
    )
    confirm(petition, pending.uuid, pending.nonce)
    return Signature.objects.get(uuid=pending.uuid)


def named(petition) -> int:
    return ending.waiting_names(petition).count()


def warned(petition) -> list[tuple[str, int]]:
    petition.refresh_from_db()
    return [(day, days) for day, days, _at in petition.blanking_warnings]


def erase(petition) -> None:
    """Erase what is due, as the worker does after its first run."""
    blanking.erase_names(timezone.now())
    petition.refresh_from_db()


def warn_and_wait(petition, clock, end: datetime) -> None:
    """Go to the end, two weeks after the warning left."""
    ending.note_warned(petition.pk, end.date().isoformat(), ending.LAST_WARNING, end - 15 * A_DAY)
    clock(*(end + timedelta(minutes=1)).astimezone(UTC).timetuple()[:5])


class TestWhenTheyEnd:
    def test_twenty_one_calendar_months_after_the_opening_at_the_same_hour_in_paris(self, petition):
        end = ending.end_of_names(petition)
        assert end == datetime(2028, 10, 31, 9, 0, tzinfo=UTC)  # winter time again

    @pytest.mark.parametrize(
        ("opened", "end"),
        [
            ((2026, 5, 31, 8, 0), (2028, 2, 29, 9, 0)),  # a leap year; from summer to winter time
            ((2025, 5, 31, 8, 0), (2027, 2, 28, 9, 0)),
            ((2026, 12, 15, 9, 0), (2028, 9, 15, 8, 0)),  # from winter to summer time
        ],
    )
    def test_leap_years_and_summer_time_move_no_day(self, clock, opened, end):
        clock(*opened)
        assert ending.end_of_names(OpenPetitionFactory()) == datetime(*end, tzinfo=UTC)

    def test_a_month_after_delivery_where_that_comes_first(self, petition, clock):
        clock(2027, 6, 30, 12, 0)
        close_petition(petition)
        assert deliver(petition, date(2027, 6, 30))
        assert ending.end_of_names(petition).date() == date(2027, 7, 30)

    def test_delivered_late_it_is_still_the_opening_that_counts(self, petition, clock):
        clock(2028, 10, 20, 12, 0)
        close_petition(petition)
        assert deliver(petition, date(2028, 10, 20))
        assert ending.end_of_names(petition).date() == date(2028, 10, 31)

    def test_never_before_it_opens(self):
        assert ending.end_of_names(Petition()) is None


class TestTheWarnings:
    def test_they_leave_sixty_and_fourteen_days_ahead_once_each(
        self, petition, worker_has_run, clock, mailbox
    ):
        sign(petition, "une@example.org")
        for moment in [
            (2028, 9, 1),
            (2028, 9, 2),
            (2028, 9, 3),
            (2028, 10, 16),
            (2028, 10, 17),
            (2028, 10, 18),
        ]:
            clock(*moment, 12, 0)
            drain_outbox()
        assert warned(petition) == [("2028-10-31", 60), ("2028-10-31", 14)]
        letters = [letter for letter in mailbox.messages if letter["To"] == "equipe@example.org"]
        assert len(letters) == 2
        text = text_of(letters[0])
        assert "31 octobre 2028" in text
        assert "1 personne" in text
        assert f"/petitions/postpone/{petition.pk}/" in text or "/postpone/" in text
        assert "une@example.org" not in text
        assert named(petition) == 1

    def test_an_open_petition_is_said_to_be_closed_then(self, petition, worker_has_run, clock, mailbox):
        clock(2028, 10, 20, 12, 0)
        drain_outbox()
        assert "clôturée" in text_of(mailbox.messages[-1])

    def test_late_in_the_day_only_the_urgent_one_leaves(self, petition, worker_has_run, clock):
        clock(2028, 10, 25, 12, 0)
        drain_outbox()
        assert warned(petition) == [("2028-10-31", 14)]

    def test_each_reads_it_in_the_language_of_their_admin(self, petition, staff, clock, mailbox):
        from wagtail.users.models import UserProfile

        UserProfile.objects.create(user=staff, preferred_language="en")
        drain_outbox()
        clock(2028, 10, 25, 12, 0)
        drain_outbox()
        assert "names under “Une demande” will be erased" in mailbox.messages[-1]["Subject"]

    def test_a_task_for_an_end_that_has_moved_sends_nothing(self, petition, worker_has_run, clock, mailbox):
        clock(2028, 10, 25, 12, 0)
        ending_handlers._owe_warnings()
        postpone(petition, date(2029, 3, 1), "Le rendez-vous est reporté.")
        drain_outbox()
        assert mailbox.messages == []
        assert warned(petition) == []

    def test_a_worker_that_was_down_makes_names_wait_two_weeks_from_the_warning(
        self, petition, worker_has_run, clock
    ):
        sign(petition, "une@example.org")
        clock(2028, 12, 1, 12, 0)  # a month too late
        drain_outbox()
        assert named(petition) == 1
        clock(2028, 12, 15, 11, 0)
        drain_outbox()
        assert named(petition) == 1
        clock(2028, 12, 15, 13, 0)
        drain_outbox()
        assert named(petition) == 0

    def test_with_nobody_to_warn_names_stay_and_the_report_says_so(
        self, petition, worker_has_run, clock, staff
    ):
        get_user_model().objects.update(email="")
        sign(petition, "une@example.org")
        clock(2029, 1, 1, 12, 0)
        drain_outbox()
        assert named(petition) == 1
        assert "adresse" in ScheduledRun.objects.get(name="erase_names").report


class TestPostponing:
    def test_the_new_day_counts_and_is_warned_of_anew(self, petition, worker_has_run, clock):
        sign(petition, "une@example.org")
        clock(2028, 10, 20, 12, 0)
        drain_outbox()
        postpone(petition, date(2029, 5, 2), "Le ministère reçoit en avril.")
        clock(2029, 3, 10, 12, 0)
        drain_outbox()
        assert named(petition) == 1
        clock(2029, 4, 20, 12, 0)
        drain_outbox()
        assert warned(petition)[-2:] == [("2029-05-02", 60), ("2029-05-02", 14)]
        clock(2029, 5, 2, 12, 0)
        drain_outbox()
        assert named(petition) == 1, "two weeks after the warning, which left late"
        clock(2029, 5, 5, 12, 0)
        drain_outbox()
        assert named(petition) == 0

    @pytest.mark.parametrize(
        ("until", "why"),
        [
            (date(2028, 10, 31), "trop tôt"),
            (date(2028, 10, 1), "avant la fin"),
            (date(2029, 10, 22), "plus d’un an"),
            (date(2029, 3, 1), "   "),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, petition, clock, until, why):
        clock(2028, 10, 20, 12, 0)
        with pytest.raises(PostponementRefused, match=r"\w{3}"):
            postpone(petition, until, why)
        petition.refresh_from_db()
        assert petition.names_kept_until is None

    def test_delivery_ends_what_was_postponed_unless_staff_decide_anew(self, petition, clock):
        clock(2028, 10, 20, 12, 0)
        postpone(petition, date(2029, 9, 1), "La remise est attendue.")
        clock(2028, 12, 1, 12, 0)
        close_petition(petition)
        deliver(petition, date(2028, 12, 1))
        assert ending.end_of_names(petition).date() == date(2029, 1, 1)


class TestTheErasing:
    @pytest.fixture
    def ended(self, petition, clock, mailbox):
        """Three signatures, one on show, one with news; their time is over."""
        texts = {text.purpose: text for text in petition.consent_texts.filter(language="fr")}
        sign(petition, "une@example.org", public_text=texts[ConsentPurpose.PUBLIC])
        sign(petition, "deux@example.org", newsletter_text=texts[ConsentPurpose.NEWSLETTER])
        sign(petition, "trois@example.org")
        warn_and_wait(petition, clock, ending.end_of_names(petition))
        return petition

    def test_names_addresses_and_consents_go_and_every_count_stays(self, ended):
        events = list(SignatureEvent.objects.order_by("pk").values())
        erase(ended)
        assert set(
            Signature.objects.values_list("first_name", "last_name", "email", "email_key", "is_public")
        ) == {(None, None, None, None, False)}
        assert set(Signature.objects.values_list("place", flat=True)) == {"FR-75"}
        assert not Consent.objects.exists()
        assert progress(ended).count == 3
        assert all(told.agrees for told in recount())
        assert list(SignatureEvent.objects.order_by("pk").values()) == events
        assert ended.blanked_at is not None

    def test_supporters_stay_by_their_own_period(self, ended):
        erase(ended)
        assert Contact.objects.get().email == "deux@example.org"

    def test_it_is_closed_and_takes_nobody_any_more(self, ended, visitor, mailbox):
        late = PendingSignatureFactory(petition=ended, email="une@example.org")
        erase(ended)
        assert ended.state == PetitionState.CLOSED
        assert not PendingSignature.objects.filter(pk=late.pk).exists()
        assert not ended.takes_confirmations()
        assert not reopen_petition(ended)

    def test_the_personal_link_and_mails_still_owed_do_no_harm(self, ended, visitor, mailbox):
        signature = Signature.objects.first()
        erase(ended)
        before = len(mailbox.messages)
        drain_outbox()
        assert len(mailbox.messages) == before, "a thank-you that was still owed has nobody to go to"
        path = f"/signature/{personal_token(signature.uuid)}/"
        assert "Camille" not in visitor.read(path).content.decode()
        visitor.send(path, {"act": "erase"})
        assert progress(ended).count == 3

    def test_before_its_time_nothing_goes(self, petition, clock):
        sign(petition, "une@example.org")
        end = ending.end_of_names(petition)
        ending.note_warned(petition.pk, end.date().isoformat(), ending.LAST_WARNING, end - 14 * A_DAY)
        clock(2028, 10, 31, 8, 59)
        erase(petition)
        assert named(petition) == 1

    def test_killed_at_any_row_it_goes_on_where_it_stopped(self, ended, monkeypatch):
        monkeypatch.setattr(blanking, "AT_ONCE", 1)
        batch, calls = blanking._blank_batch, []

        def killed_at_the_second(*arguments):
            calls.append(arguments)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return batch(*arguments)

        monkeypatch.setattr(blanking, "_blank_batch", killed_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            erase(ended)
        ended.refresh_from_db()
        assert (named(ended), ended.blanked_at) == (2, None)
        assert not reopen_petition(ended), "half of its names are gone"
        monkeypatch.undo()
        erase(ended)
        assert named(ended) == 0
        assert ended.blanked_at is not None

    def test_a_run_erases_so_many_and_the_next_goes_on(self, ended):
        assert blanking.erase_names(timezone.now(), at_a_run=2).names == 2
        assert blanking.erase_names(timezone.now(), at_a_run=2).done == 1
        assert named(ended) == 0

    def test_what_fails_in_one_petition_keeps_no_other_from_its_turn(self, ended, clock, monkeypatch):
        clock(*OPENED.timetuple()[:5])
        other = OpenPetitionFactory()
        sign(other, "une@example.org")
        warn_and_wait(other, clock, ending.end_of_names(other))
        blank = blanking.blank
        broken = {ended.pk}
        monkeypatch.setattr(
            blanking,
            "blank",
            lambda petition, *given, **more: (
                1 / 0 if petition.pk in broken else blank(petition, *given, **more)
            ),
        )
        told = blanking.erase_names(timezone.now())
        assert (told.names, list(told.failed)) == (1, [ended.pk])
        assert (named(ended), named(other)) == (3, 0)

    def test_a_postponement_made_while_it_begins_is_respected(self, ended, clock):
        waiting = Petition.objects.get(pk=ended.pk)
        postpone(ended, date(2029, 3, 1), "On nous a demandé d’attendre.")
        assert blanking.blank(waiting, timezone.now()) == (0, False)
        assert named(ended) == 3

    def test_trials_and_other_petitions_are_left_alone(self, ended):
        other = OpenPetitionFactory()
        SignatureFactory(petition=other)
        erase(ended)
        assert named(other) == 1


class TestTheFirstRun:
    def test_a_sites_first_run_only_tells_and_the_next_erases(self, petition, staff, clock):
        sign(petition, "une@example.org")
        warn_and_wait(petition, clock, ending.end_of_names(petition))
        drain_outbox()
        assert named(petition) == 1
        assert "1" in ScheduledRun.objects.get(name="erase_names").report
        clock(2028, 10, 31, 12, 0)
        drain_outbox()
        assert named(petition) == 0

    def test_a_dry_run_changes_nothing_and_warns_nobody(self, petition, staff, clock):
        sign(petition, "une@example.org")
        warn_and_wait(petition, clock, ending.end_of_names(petition))
        OutboxTask.objects.all().delete()
        before = list(Petition.objects.values()), list(Signature.objects.values())
        assert "1" in ending_handlers.erase_names(dry_run=True)
        assert (list(Petition.objects.values()), list(Signature.objects.values())) == before
        assert not OutboxTask.objects.exists()


class TestDelivery:
    @pytest.mark.parametrize("day", [date(2027, 1, 30), date(2027, 7, 1)])
    def test_neither_before_the_opening_nor_in_the_future(self, petition, clock, day):
        clock(2027, 6, 30, 12, 0)
        close_petition(petition)
        assert not deliver(petition, day)

    def test_only_a_closed_one(self, petition):
        assert not deliver(petition, timezone.localdate())

    def test_the_total_is_final(self, petition, clock):
        late = PendingSignatureFactory(petition=petition, received_at=timezone.now())
        clock(2027, 2, 2, 12, 0)
        close_petition(petition)
        deliver(petition, date(2027, 2, 2))
        assert not Petition.objects.get(pk=petition.pk).takes_confirmations()
        assert PendingSignature.objects.filter(pk=late.pk).exists()

    def test_it_can_be_taken_back_until_names_are_erased(self, petition, clock):
        sign(petition, "une@example.org")
        clock(2027, 6, 30, 12, 0)
        close_petition(petition)
        deliver(petition, date(2027, 6, 30))
        assert take_delivery_back(petition)
        assert (petition.state, petition.delivered_at) == (PetitionState.CLOSED, None)
        deliver(petition, date(2027, 6, 30))
        warn_and_wait(petition, clock, ending.end_of_names(petition))
        erase(petition)
        assert not take_delivery_back(petition)
