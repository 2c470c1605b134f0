"""Several programs run as one: real processes, real signals."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.drills.processes import ROOT, is_alive

# One write per line: two programs share the pipe.
SAY_PID = "import os; os.write(1, f'{os.getpid()}\\n'.encode()); "
LASTING = SAY_PID + "import time; time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + LASTING
ENDING = SAY_PID + "raise SystemExit(7)"
SUPERVISE = """
import sys
from deploy import steps
from deploy.supervise import Program, supervise
steps.GRACE = 0.5
programs = [Program(f"program {n}", [sys.executable, "-c", code]) for n, code in enumerate(sys.argv[1:])]
steps.run_main(lambda: supervise(programs, dict(__import__("os").environ)))
"""


def start(*programs, through=()):
    supervisor = subprocess.Popen(
        [*through, sys.executable, "-c", SUPERVISE, *programs],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines = [
        supervisor.stdout.readline() for _ in range(len(programs) + 1)
    ]  # the first says what is starting
    return supervisor, [int(line) for line in lines if line.strip().isdigit()]


def wait_until_gone(pids):
    end = time.monotonic() + 30
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < end, "still running"
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_that_was_started(how):
    supervisor, pids = start(LASTING, LASTING)
    supervisor.send_signal(how)
    assert supervisor.wait(timeout=30) == 0
    assert len(pids) == 2
    wait_until_gone(pids)


def test_a_program_that_ignores_the_signal_is_killed():
    supervisor, pids = start(STUBBORN, LASTING)
    supervisor.terminate()
    assert supervisor.wait(timeout=30) == 0
    wait_until_gone(pids)


def test_when_one_program_ends_by_itself_the_others_end_and_it_is_told_in_one_line():
    supervisor, pids = start(LASTING, ENDING)
    assert supervisor.wait(timeout=30) == 1
    (line,) = supervisor.stderr.read().splitlines()
    assert "Program 1 ended by itself (status 7)" in line
    wait_until_gone(pids)


def test_when_the_parent_is_killed_all_end():
    shell = ("sh", "-c", '"$@"; true', "sh")  # a shell that stays, as make does
    supervisor, pids = start(LASTING, LASTING, through=shell)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait(timeout=30)
    wait_until_gone(pids)


def test_when_the_supervisor_itself_is_killed_all_end():
    supervisor, pids = start(LASTING, LASTING)
    supervisor.kill()
    supervisor.wait(timeout=30)
    wait_until_gone(pids)
