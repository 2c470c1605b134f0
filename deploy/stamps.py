"""Stamps: a step is skipped when what it was made from hasn't changed since it was last finished."""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from deploy.steps import ROOT, VAR, Fault, say

STAMPS = VAR / "stamps"


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """One line that changes when a file's name or content, or one of the words, does."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(stamp: Path, key: str) -> bool:
    """Whether the step was finished with this key."""
    try:
        return stamp.read_text() == key
    except OSError:
        return False


def mark(stamp: Path, key: str) -> None:
    """Say that the step is finished, wholly or not at all."""
    write_whole(stamp, key)


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file that is never seen half written, with its rights from the first moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


@contextlib.contextmanager
def alone(name: str, refusal: str = "") -> Iterator[None]:
    """Hold var/NAME.lock. Where another process holds it: wait, or raise Fault with the refusal."""
    VAR.mkdir(exist_ok=True)
    with (VAR / f"{name}.lock").open("a") as lock:
        waiting = False
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if refusal:
                    raise Fault(refusal) from None
                if not waiting:
                    say("· Waiting: another set-up is at work in this folder")
                    waiting = True
                time.sleep(0.5)
        yield
