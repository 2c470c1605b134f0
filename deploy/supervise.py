"""Run several programs as one: when one ends, or we are told to stop, or our own parent is gone, all end."""

import ctypes
import dataclasses
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from typing import IO

from deploy.steps import ROOT, end, holding, say, stop

LOOK_EVERY = 0.2  # seconds
PR_SET_PDEATHSIG = 1  # of <linux/prctl.h>
ANSWER_WITHIN = 2  # seconds for one question whether the site answers


@dataclasses.dataclass
class Program:
    """A program to keep running; `name` is for people."""

    name: str
    command: Sequence[str]
    pass_fds: Sequence[int] = ()


def supervise(
    programs: Sequence[Program],
    environment: Mapping[str, str],
    *,
    started: Callable[[], None] = lambda: None,
    answers_at: str = "",
    when_ready: Callable[[], None] = lambda: None,
) -> int:
    """Run all until told to stop (status 0) or until one ends by itself (status 1). None is left running."""
    with holding():
        return _supervise(programs, environment, started, answers_at, when_ready)


def _supervise(
    programs: Sequence[Program],
    environment: Mapping[str, str],
    started: Callable[[], None],
    answers_at: str,
    when_ready: Callable[[], None],
) -> int:
    parent = os.getppid()
    children: list[tuple[Program, subprocess.Popen[bytes]]] = []
    ready = False
    say("· Starting " + " and ".join(program.name for program in programs))
    try:
        for program in programs:
            children.append((program, start(program, environment)))
        started()
        while not stop.wait(LOOK_EVERY):
            for program, child in children:
                if child.poll() is not None:
                    print(
                        f"{program.name.capitalize()} ended by itself (status {child.returncode}), "
                        "so all was stopped: its words are above; run the same command again.",
                        file=sys.stderr,
                    )
                    return 1
            if os.getppid() != parent:
                break
            if not ready and (not answers_at or _answers(answers_at)):
                ready = True
                when_ready()
        return 0
    finally:
        # Nothing may interrupt the ending itself.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end([child for _, child in children])


def start(
    program: Program, environment: Mapping[str, str], output: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start one program, its words in a file or where ours go. Whoever starts it ends it.

    Even SIGKILL to us leaves none behind (on Linux).
    """
    return subprocess.Popen(
        program.command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        pass_fds=program.pass_fds,
        # A terminal's Ctrl-C is for us alone: we ask each program once, by SIGTERM, so that it ends its work.
        process_group=0,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def _end_with_parent() -> None:
    """Have the kernel send it SIGTERM when we are gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(address: str) -> bool:
    # Straight to this machine: a proxy in the environment knows nothing of it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=ANSWER_WITHIN):
            return True
    except (urllib.error.URLError, OSError):
        return False
