"""A worker is killed at each point where its death could lose or repeat a mail."""

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.outbox.models import OutboxTask
from petition.models import PendingSignature
from tests.campaign.outbox.processes import WORKER, end_of, start
from tests.people import Form, Mailbox, confirm_path

ADDRESSES = [f"{name}@example.org" for name in ("ada", "bela", "chloe", "dora", "emil")]

POINTS = (
    "before_claim",
    "after_claim",
    "before_smtp",
    "between_data_and_answer",
    "before_settle",
    "after_settle",
)

# A batch is claimed as a whole, so these two points come once, and no mail is in flight at either.
ONCE_PER_BATCH = {"before_claim", "after_claim"}

# Where the mail server has the mail and the database doesn't know it: the mail in flight is sent again.
REPEATS_ONE = {"between_data_and_answer", "before_settle"}

# `make drill` kills at each of the five mails, `make test` at the second.
MAILS_TO_KILL_AT = range(1, len(ADDRESSES) + 1) if os.environ.get("FULL_SIZE") else [2]


class KillingMailbox(Mailbox):
    """Takes the mail with the given number, and kills the client before it answers."""

    kill_at: int | None = None
    client: int | None = None

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.messages) == self.kill_at and self.client:
            os.kill(self.client, signal.SIGKILL)
        return answer


@pytest.fixture
def killing_mailbox():
    with KillingMailbox() as box:
        yield box


def at_points():
    for point in POINTS:
        for number in [1] if point in ONCE_PER_BATCH else MAILS_TO_KILL_AT:
            yield pytest.param(point, number, id=f"{point}-{number}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("point", "number"), list(at_points()))
def test_a_worker_killed_at_any_point_loses_no_mail_and_repeats_at_most_the_one_in_flight(
    point, number, petition, visitor, killing_mailbox, record_property
):
    for address in ADDRESSES:
        assert visitor.sign(petition, email=address).status_code == 303

    if point == "between_data_and_answer":
        killing_mailbox.kill_at = number
    killed = start(
        "-m", "tests.campaign.outbox.killed_worker", point, str(number), mail_port=killing_mailbox.port
    )
    killing_mailbox.client = killed.pid
    status, output = end_of(killed)
    assert status == -signal.SIGKILL, output

    left_by_the_dead = killing_mailbox.messages.copy()
    OutboxTask.objects.exclude(lease_until=None).update(lease_until=timezone.now() - timedelta(seconds=1))
    killing_mailbox.client = None
    status, output = end_of(start(*WORKER, "--once", mail_port=killing_mailbox.port))
    assert status == 0, output

    received = Counter(str(message["To"]) for message in killing_mailbox.messages)
    assert sorted(received) == ADDRESSES
    repeated = [address for address, times in received.items() if times > 1]
    record_property("point", point)
    record_property("repeated", len(repeated))
    if point in REPEATS_ONE:
        assert repeated == [str(left_by_the_dead[-1]["To"])]
        assert received[repeated[0]] == 2
        twins = [message for message in killing_mailbox.messages if message["To"] == repeated[0]]
        for link in map(confirm_path, twins):  # either is good
            assert Form(visitor.read(link).content.decode(), "confirm-form").action == link
    else:
        assert repeated == []
    assert not OutboxTask.objects.owed().exists()
    assert all([row.email, row.nonce] in row.mailed for row in PendingSignature.objects.all())
