"""Counted by the hour: every event once, none missed, and the parts add up to the total."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition.enums import Channel, EventKind, SignatureState, TallyKind
from petition.models import HourlyTally, PendingSignature, RollUp, SignatureEvent
from petition.services import rehearsal, retention, tallying
from petition.services.confirmation import confirm
from petition.services.counting import progress, record
from petition.services.withdrawal import withdraw
from tests.factories import OpenPetitionFactory, PendingSignatureFactory, SignatureFactory
from tests.people import confirm_path, drain_outbox

pytestmark = pytest.mark.django_db(transaction=True)

MOMENT = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def happens(
    petition, kind: EventKind, delta: int, *, moment: datetime = MOMENT, was=None, place="FR-75"
) -> None:
    with transaction.atomic():
        record(petition.pk, kind, delta, signature_uuid=uuid4(), place=place, moment=moment, was=was)


def tallied(petition) -> dict[str, int]:
    rows = HourlyTally.objects.filter(petition=petition).values_list("kind").annotate(number=Sum("number"))
    return dict(rows)


def confirmed(petition, **values):
    pending = PendingSignatureFactory(petition=petition, **values)
    confirm(petition, pending.uuid, pending.nonce)
    return pending.uuid


def test_each_event_is_booked_once_at_its_own_hour_and_place(petition):
    happens(petition, EventKind.CONFIRMED, +1)
    happens(petition, EventKind.CONFIRMED, +1, moment=MOMENT + timedelta(minutes=29))
    happens(petition, EventKind.CONFIRMED, +1, moment=MOMENT + timedelta(minutes=30), place="BE")
    happens(
        petition, EventKind.WITHDRAWN, -1, moment=MOMENT + timedelta(days=3), was=SignatureState.CONFIRMED
    )
    assert tallying.roll_up() == 4
    assert tallying.roll_up() == 0
    hour = MOMENT.replace(minute=0)
    assert set(HourlyTally.objects.values_list("hour", "place", "kind", "number")) == {
        (hour, "FR-75", "confirmed", 2),
        (hour + timedelta(hours=1), "BE", "confirmed", 1),
        (hour + timedelta(days=3), "FR-75", "withdrawn", 1),
    }


def test_what_is_booked_says_whether_it_counted(petition):
    for kind, delta, was in [
        (EventKind.HELD, 0, None),
        (EventKind.HELD, -1, None),
        (EventKind.RELEASED, +1, None),
        (EventKind.INVALIDATED, -1, None),
        (EventKind.INVALIDATED, 0, None),
        (EventKind.RESTORED, +1, None),
        (EventKind.RESTORED, 0, None),
        (EventKind.WITHDRAWN, -1, SignatureState.CONFIRMED),
        (EventKind.WITHDRAWN, 0, SignatureState.HELD),
        (EventKind.WITHDRAWN, 0, SignatureState.INVALIDATED),
    ]:
        happens(petition, kind, delta, was=was)
    tallying.roll_up()
    booked = ("held", "taken_out", "released", "invalidated", "held_aside", "restored", "aside_held")
    assert tallied(petition) == dict.fromkeys((*booked, "withdrawn", "held_left", "aside_left"), 1)


def test_a_withdrawal_says_what_the_signature_was(petition):
    for state in SignatureState.values:
        withdraw(SignatureFactory(petition=petition, state=state).uuid)
    tallying.roll_up()
    assert tallied(petition) == {"withdrawn": 1, "held_left": 1, "aside_left": 1}


def test_the_events_of_an_old_site_are_taken_in_batches(petition, monkeypatch):
    monkeypatch.setattr(tallying, "AT_ONCE", 2)
    for _ in range(7):
        happens(petition, EventKind.CONFIRMED, +1)
    assert tallying.roll_up() == 7
    assert tallied(petition) == {"confirmed": 7}


def test_it_tells_the_moment_up_to_which_nothing_is_missing(petition):
    before = timezone.now()
    tallying.roll_up()
    assert before <= RollUp.objects.get().as_of <= timezone.now()


@pytest.mark.postgresql_only
class TestBesideALongTransaction:
    """Somebody writes an event, and takes long to commit it."""

    @pytest.fixture
    def slow(self, petition):
        written, may_end = Event(), Event()

        def write():
            try:
                with transaction.atomic():
                    record(
                        petition.pk, EventKind.CONFIRMED, +1, signature_uuid=uuid4(), place="", moment=MOMENT
                    )
                    written.set()
                    may_end.wait(30)
            finally:
                connection.close()

        writer = Thread(target=write)
        writer.start()
        assert written.wait(30)

        def end():
            may_end.set()
            writer.join(30)

        yield end
        end()

    def test_later_events_wait_and_none_is_missed(self, petition, slow):
        happens(petition, EventKind.CONFIRMED, +1)
        assert tallying.roll_up() == 0
        waited_since = timezone.now()
        assert RollUp.objects.get().as_of < waited_since
        slow()
        assert tallying.roll_up() == 2
        assert tallied(petition) == {"confirmed": 2}
        assert RollUp.objects.get().as_of >= waited_since

    def test_the_moment_told_is_that_of_the_last_roll_up_which_all_has_reached(self, petition, slow):
        tallying.roll_up()
        marked_at = RollUp.objects.get().marked_at
        slow()
        other_written, other_may_end = Event(), Event()

        def hold_a_number():
            try:
                with transaction.atomic():
                    happens(petition, EventKind.CONFIRMED, +1)
                    other_written.set()
                    other_may_end.wait(30)
            finally:
                connection.close()

        other = Thread(target=hold_a_number)
        other.start()
        assert other_written.wait(30)
        tallying.roll_up()
        assert RollUp.objects.get().as_of == marked_at
        other_may_end.set()
        other.join(30)

    def test_two_workers_count_nothing_twice(self, petition):
        for _ in range(20):
            happens(petition, EventKind.CONFIRMED, +1)

        def work():
            try:
                tallying.roll_up()
            finally:
                connection.close()

        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
        assert tallied(petition) == {"confirmed": 20}


@pytest.mark.postgresql_only
def test_after_a_backup_is_restored_elsewhere_everything_is_still_counted_once(petition):
    happens(petition, EventKind.CONFIRMED, +1)
    tallying.roll_up()
    # The other server's numbers were far ahead of this one's, and one event had not been rolled up there.
    far_ahead = RollUp.objects.get().cursor + 1_000_000
    RollUp.objects.update(cursor=far_ahead)
    SignatureEvent.objects.create(
        petition=petition,
        kind=EventKind.CONFIRMED,
        happened_at=MOMENT,
        delta=1,
        signature_uuid=uuid4(),
        transaction=far_ahead + 5,
    )
    happened_since = timezone.now() + timedelta(seconds=1)
    happens(petition, EventKind.WITHDRAWN, -1, moment=happened_since, was=SignatureState.CONFIRMED)
    tallying.roll_up()
    happens(petition, EventKind.CONFIRMED, +1)
    tallying.roll_up()
    assert tallied(petition) == {"confirmed": 3, "withdrawn": 1}
    assert tallying.compare() == []


def test_an_attempt_is_counted_as_its_mail_is_handled_and_once(petition, visitor, mailbox):
    mailbox.answer_to_rcpt = "451 try again later"
    visitor.sign(petition, postcode="75011")
    drain_outbox()
    OutboxTask.objects.update(due=timezone.now())
    mailbox.answer_to_rcpt = None
    drain_outbox()
    assert len(mailbox.messages) == 1
    assert tallied(petition)["received"] == 1
    visitor.sign(petition, postcode="75011")
    drain_outbox()
    assert tallied(petition)["received"] == 2


def test_a_mail_asked_for_again_is_no_new_attempt(petition, visitor, mailbox):
    visitor.sign(petition)
    drain_outbox()
    visitor.send(confirm_path(mailbox.messages[-1]) + "message/")
    drain_outbox()
    assert len(mailbox.messages) == 2
    assert tallied(petition)["received"] == 1


def test_what_no_mailbox_confirmed_is_counted_when_it_goes_and_trials_are_not(petition):
    PendingSignatureFactory(petition=petition)
    PendingSignatureFactory(petition=petition, trial=True)
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert retention.expire_pending(timezone.now()) == 2
    assert not PendingSignature.objects.exists()
    assert tallied(petition) == {"expired": 1}


def test_made_up_signers_leave_no_number_behind(petition):
    rehearsal.seed(petition, 12)
    tallying.roll_up()
    assert tallied(petition) == {"confirmed": 12}
    assert {event.channel for event in SignatureEvent.objects.all()} == {Channel.SEEDED}
    with transaction.atomic():
        tallying.add(petition.pk, TallyKind.RECEIVED, "", MOMENT)
    rehearsal.remove(petition)
    assert tallied(petition) == {"received": 1}
    assert tallying.compare() == []


def test_recount_finds_hourly_numbers_that_differ_and_mends_them(petition, capsys):
    other = OpenPetitionFactory()
    for each in (petition, petition, other):
        confirmed(each)
    tallying.roll_up()
    HourlyTally.objects.filter(petition=petition).update(number=5)
    with pytest.raises(CommandError):
        call_command("recount")
    assert f"{petition.slug}: hourly numbers DIFFER" in capsys.readouterr().out
    call_command("recount", fix=True)
    assert tallied(petition) == {"confirmed": 2}
    assert tallied(other) == {"confirmed": 1}
    call_command("recount")


def test_the_parts_add_up_to_the_total(petition):
    uuids = [confirmed(petition) for _ in range(5)]
    withdraw(uuids[0])
    withdraw(SignatureFactory(petition=petition, state=SignatureState.HELD, email="verif@example.org").uuid)
    tallying.roll_up()
    parts = Counter(tallied(petition))
    begun = sum(parts[kind] for kind in tallying.BEGIN_TO_COUNT)
    ceased = sum(parts[kind] for kind in tallying.CEASE_TO_COUNT)
    assert begun - ceased == progress(petition).count == 4
