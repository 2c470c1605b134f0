"""A worker that is killed (SIGKILL) at a given point of the task with a given number.

    python -m tests.campaign.outbox.killed_worker before_settle 2

The points are put around the product's functions from here; the product itself knows nothing of them.
"""

import os
import signal
import smtplib
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import execute_from_command_line


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _around(owner: Any, name: str, number: int, *, after: bool) -> None:
    """Kills this process before or after the call of `owner.name` with this number."""
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number and not after:
            _die()
        result = original(*args, **kwargs)
        if calls == number:
            _die()
        return result

    setattr(owner, name, call)


def _kill_at(point: str, number: int) -> None:
    from campaign.outbox import queue

    if point == "before_claim":
        _around(queue, "claim", number, after=False)
    elif point == "after_claim":
        _around(queue, "claim", number, after=True)
    elif point == "before_smtp":
        _around(smtplib.SMTP, "connect", number, after=False)
    elif point == "before_settle":
        _around(queue, "settle", number, after=False)
    elif point == "after_settle":
        _around(queue, "settle", number, after=True)
    else:
        # The mail server of the test kills us: it alone knows when DATA has come.
        assert point == "between_data_and_answer"


if __name__ == "__main__":
    django.setup()
    _kill_at(sys.argv[1], int(sys.argv[2]))
    execute_from_command_line(["manage.py", "run_outbox", "--once"])
