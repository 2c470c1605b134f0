"""One step of a set-up: run a program, keep its words in a log, turn its failure into one line that says what to do."""

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
LOG = VAR / "log" / "setup.log"

# A full disk, a used-up quota and a limit on file sizes have one remedy.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM_WORDS = re.compile(
    r"No space left on device|Disk quota exceeded|File too large|database or disk is full|disk I/O error"
)
UNREACHABLE_WORDS = re.compile(
    r"NewConnectionError|ConnectTimeoutError|ConnectionResetError|ProxyError|ReadTimeoutError|SSLError"
    r"|Failed to establish a new connection|Temporary failure in name resolution|No matching distribution found"
)
LOG_LIMIT = 2**20  # bytes; the log begins anew, since only the last runs are ever read
GRACE = 10  # seconds that a program has to end by itself before it is killed

stop = threading.Event()
"""Set by Ctrl-C, SIGTERM or a closed terminal."""


class Fault(Exception):
    """Something that the person at the keyboard can put right; the text is the one line that they get."""

    status = 1


class Stopped(BaseException):
    """Somebody asked us to stop."""


_holding = threading.Event()


@contextlib.contextmanager
def holding() -> Iterator[None]:
    """Within, a request to stop only sets `stop`: for code that has children to end first, and looks for itself."""
    _holding.set()
    try:
        yield
    finally:
        _holding.clear()


def listen_for_stop() -> None:
    """Let Ctrl-C, SIGTERM and a closed terminal stop us, even where the caller's shell ignores them."""

    def note(number: int, frame: FrameType | None) -> None:
        stop.set()
        if not _holding.is_set():
            raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)


def run_main(main: Callable[[], int]) -> NoReturn:
    """End the process with main()'s status; a fault becomes one line on stderr."""
    listen_for_stop()
    try:
        sys.exit(main())
    except Fault as fault:
        print(fault, file=sys.stderr)
        sys.exit(fault.status)
    except Stopped:
        sys.exit(130)
    except OSError as error:
        print(_explain_os_error(error), file=sys.stderr)
        sys.exit(1)


def say(text: str) -> None:
    """Tell the reader, at once, also when stdout is a file."""
    print(text, flush=True)


def need_room(megabytes: int) -> None:
    """Refuse to begin what the disk can't hold."""
    VAR.mkdir(exist_ok=True)
    if _free_megabytes(VAR) < megabytes:
        raise Fault(_no_room(megabytes))


def run(what: str, command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
    """Run a program to its end, its words in the log. Raises Fault when it fails, Stopped when we are told to stop."""
    say(f"· {what}")
    LOG.parent.mkdir(parents=True, exist_ok=True)
    if LOG.exists() and LOG.stat().st_size > LOG_LIMIT:
        LOG.unlink()
    with LOG.open("a+") as log:
        log.write(f"\n== {what}\n")
        log.flush()
        start = log.tell()
        status = call(command, env=env, stdout=log, stderr=subprocess.STDOUT)
        if status:
            log.seek(start)
            raise Fault(_explain(what, log.read()))


def call(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    ask: signal.Signals = signal.SIGTERM,
    stdout: IO[str] | None = None,
    stderr: int | None = None,
) -> int:
    """Run a program in the project's folder and return its status. Told to stop, end it first, then raise Stopped."""
    with holding():
        child = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr
        )
        while True:
            try:
                child.wait(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                if stop.is_set():
                    end([child], ask)
    if stop.is_set():
        raise Stopped
    return child.returncode


def end(children: Sequence[subprocess.Popen[bytes]], ask: signal.Signals = signal.SIGTERM) -> None:
    """Ask all to end, then kill those that don't. Returns when none is left."""
    for child in children:
        if child.poll() is None:
            child.send_signal(ask)
    for child in children:
        try:
            child.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _explain(what: str, words: str) -> str:
    where = LOG.relative_to(ROOT)
    if NO_ROOM_WORDS.search(words):
        return _no_room()
    if UNREACHABLE_WORDS.search(words):
        return (
            "The package index can't be reached: check the network (or PIP_INDEX_URL and the proxy), "
            f"then run the same command again; details in {where}."
        )
    if "DO NOT MATCH THE HASHES" in words:
        return (
            "A downloaded package is not the one that was locked, so nothing was installed: "
            f"run the same command again, and if it repeats, look into {where}."
        )
    last = next((line.strip() for line in reversed(words.splitlines()) if line.strip()), "no word")
    return f"{what}: failed ({last[:200]}); details in {where}."


def _explain_os_error(error: OSError) -> str:
    if error.errno in NO_ROOM:
        return _no_room()
    if isinstance(error, PermissionError):
        return f"No right to write {error.filename}: run this in a folder of your own, then run it again."
    return f"{error.strerror or error} ({error.filename or 'no file'}): put it right, then run this again."


def _no_room(needed: int | None = None) -> str:
    places = {str(VAR): _free_megabytes(VAR if VAR.exists() else ROOT)}
    temporary = os.environ.get("TMPDIR", "/tmp")  # noqa: S108 (only looked at)
    places[temporary] = _free_megabytes(Path(temporary))
    free = ", ".join(f"{megabytes} MB free in {place}" for place, megabytes in places.items())
    wanted = f"about {needed} MB needed in {VAR}; " if needed else ""
    return f"The disk is full ({wanted}{free}): make room, then run the same command again."


def _free_megabytes(place: Path) -> int:
    try:
        return shutil.disk_usage(place).free // 2**20
    except OSError:
        return 0
