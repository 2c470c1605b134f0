"""How fast mail leaves for one provider: an even pace, confirmations first, each mail counted once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.errors import Later
from campaign.outbox.models import OutboxTask, Priority
from petition import pace_of_mail
from petition.pace_of_mail import wait_for_turn
from tests.people import drain_outbox

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """Ten a minute for confirmations, five for others; one leaves at once."""
    monkeypatch.setattr(pace_of_mail, "FIRST_PER_MINUTE", 10)
    monkeypatch.setattr(pace_of_mail, "OTHERS_PER_MINUTE", 5)
    monkeypatch.setattr(pace_of_mail, "AT_ONCE", timedelta(seconds=6))
    monkeypatch.setattr(pace_of_mail, "SPREAD", 0.0)


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def owed(priority: Priority = Priority.FIRST) -> OutboxTask:
    queue.put("signature_mail", priority=priority)
    task = OutboxTask.objects.latest("pk")
    task.lease_until = timezone.now() + timedelta(minutes=3)
    task.save()
    return task


def turn_of(task: OutboxTask, address: str = "a@example.org") -> float:
    """Return in how many seconds the mail may leave."""
    try:
        wait_for_turn(task, address)
    except Later as later:
        return (later.until - NOON).total_seconds()
    return 0


def test_so_many_a_minute_at_an_even_pace(noon):
    turns = [turn_of(owed()) for _ in range(21)]
    assert turns == [0, *range(6, 121, 6)]
    for start in range(0, 120, 6):
        assert len([turn for turn in turns if start <= turn < start + 60]) <= 10


def test_each_provider_has_its_own_pace_in_any_spelling(noon):
    for address in ("a@example.org", "b@EXAMPLE.org"):
        first = turn_of(owed(), address)
    assert first > 0
    assert turn_of(owed(), "a@example.com") == 0
    assert turn_of(owed(), "a@société.example") == 0
    assert turn_of(owed(), "b@xn--socit-esab.example") > 0


def test_a_newsletters_thousands_never_stand_before_a_confirmation(noon):
    for _ in range(50):
        turn_of(owed(Priority.NORMAL))
    assert turn_of(owed(Priority.FIRST)) == 0


def test_a_mail_that_waited_is_counted_once_and_leaves_at_its_turn(noon):
    turn_of(owed())
    task = owed()
    assert turn_of(task) == 6
    for _ in range(3):
        assert turn_of(OutboxTask.objects.get(pk=task.pk)) == 0
    assert turn_of(owed()) == 12


def test_after_a_quiet_time_nothing_is_saved_up(noon):
    for _ in range(3):
        turn_of(owed())
    noon.move_to(NOON + timedelta(hours=1))
    assert turn_of(owed()) == 0
    assert turn_of(owed()) == 3600 + 6


def test_one_statement_for_a_mail_that_may_leave(noon):
    wait_for_turn(owed(), "a@example.org")
    task = owed()
    noon.shift(60)
    with CaptureQueriesContext(connection) as captured:
        wait_for_turn(task, "a@example.org")
    # The day's key is remembered by the process; not here, where nothing is committed.
    assert len([query for query in captured if "dailykey" not in query["sql"]]) == 1


def test_neither_address_nor_provider_is_written_down(noon):
    turn_of(owed())
    turn_of(owed())
    with connection.cursor() as cursor:
        cursor.execute("SELECT bucket FROM petition_tokenbucket")
        names = str(cursor.fetchall())
    assert "example" not in names
    assert "example" not in str(list(OutboxTask.objects.values()))


def test_the_worker_sends_all_each_once_without_using_up_attempts(petition, visitor, mailbox, noon):
    for number in range(4):
        visitor.sign(petition, email=f"essai-{number}@example.org")
    drain_outbox()
    assert len(mailbox.messages) == 1
    assert set(OutboxTask.objects.active().values_list("attempts", flat=True)) == {0}
    for seconds, sent in ((6, 2), (12, 3), (18, 4), (60, 4)):
        noon.move_to(NOON + timedelta(seconds=seconds))
        drain_outbox()
        assert len(mailbox.messages) == sent
    assert len({str(message["To"]) for message in mailbox.messages}) == 4


def test_a_passing_refusal_does_not_take_another_turn(petition, visitor, mailbox, noon):
    mailbox.answer_to_rcpt = "450 4.2.1 later"
    visitor.sign(petition)
    drain_outbox()
    mailbox.answer_to_rcpt = None
    noon.move_to(NOON + timedelta(minutes=2))
    drain_outbox()
    assert len(mailbox.messages) == 1
