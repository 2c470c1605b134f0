import signal
import time

import pytest
from django.core.management import call_command

from campaign.outbox import queue, registry
from campaign.outbox.models import OutboxTask

from .processes import PATIENCE, WORKER, end_of, start


@pytest.mark.django_db
def test_once_does_what_is_due_and_ends(capsys):
    done = []
    registry.handler("greet")(lambda task: done.append(task.subject))
    queue.put("greet", subject="7")
    before = signal.getsignal(signal.SIGINT)
    call_command("run_outbox", "--once")
    assert done == ["7"]
    assert capsys.readouterr().out == "1 done or put back\n"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_running_worker_takes_tasks_as_they_come_and_ends_cleanly_when_told(how):
    process = start(*WORKER, mail_port=9)
    try:
        queue.put("nobody_knows_this_kind")
        wait_until(lambda: OutboxTask.objects.filter(attempts=1, lease_until=None).exists())
        process.send_signal(how)
        status, output = end_of(process)
    finally:
        process.kill()
    assert status == 0, output
    assert "worker started" in output
    assert "worker stopped" in output


def wait_until(condition) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
