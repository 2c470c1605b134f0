"""Who has left, in a file outside the database: a restored backup is older than they are, and must let them go again.

One line each: moment (ISO, UTC), kind, the mailbox's fingerprint, the petition's key or a dash. Never an address.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from campaign.outbox import queue
from campaign.outbox.models import OutboxTask

logger = logging.getLogger("petition.erasures")

TASK = "note_erasure"  # what the file didn't take is owed until it does
NO_PETITION = "-"
OWNER_ALONE = 0o600


class Left(StrEnum):
    """What somebody took back. Three of them leave the signature where it is."""

    ERASED = "erased"  # everything under the address
    WITHDRAWN = "withdrawn"  # one petition's signature, or what waited to become one
    NEWS = "news"
    PUBLIC = "public"
    ADDRESSEE = "addressee"
    ENDORSEMENT = "endorsement"  # of an organisation: its own random number stands in the fingerprint's place


@dataclass(frozen=True)
class Entry:
    """One line: what the mailbox of this fingerprint took back, and when."""

    moment: datetime
    kind: Left
    email_key: str
    petition_id: int | None = None

    def line(self) -> str:
        """Return it as it stands in the file."""
        moment = self.moment.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{moment} {self.kind} {self.email_key} {self.petition_id or NO_PETITION}\n"

    @classmethod
    def read(cls, line: str) -> "Entry":
        """Return what a line says. Raises ValueError where it is none of ours."""
        moment, kind, key, petition = line.split()
        petition_id = None if petition == NO_PETITION else int(petition)
        return cls(datetime.fromisoformat(moment), Left(kind), key, petition_id)


def note(kind: Left, email_key: str, petition_id: int | None = None) -> None:
    """Write down that somebody leaves; to be called in the transaction of the act, before it is committed.

    A line too many does no harm, one too few does. A full disk keeps nobody from leaving: the line is then owed.
    """
    entry = Entry(timezone.now(), kind, email_key, petition_id)
    try:
        append(entry)
    except OSError as error:
        logger.error("the file of erasures can't be written: %s", os.strerror(error.errno or 0))
        parameters = {"line": entry.line().replace(email_key, "*")}
        queue.put(TASK, subject=email_key, parameters=parameters)


def append(entry: Entry) -> None:
    """Add one line and wait until the disk has it. Raises OSError."""
    path = _path()
    with _lock(path):
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ALONE)
        try:
            os.write(file, entry.line().encode())
            os.fsync(file)
        finally:
            os.close(file)


def entries(since: datetime | None = None) -> Iterator[Entry]:
    """Yield what the file holds from a moment on, oldest line first; a line that was cut off is passed over."""
    path = _path()
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            entry = Entry.read(line)
        except ValueError:
            logger.warning("a line of the file of erasures can't be read")
            continue
        if since is None or entry.moment >= since:
            yield entry


def drop_before(moment: datetime) -> int:
    """Rewrite the file without the lines older than `moment`; return how many went. Raises OSError."""
    path = _path()
    if not path.exists():
        return 0
    with _lock(path):
        lines = path.read_text(encoding="ascii", errors="replace").splitlines(keepends=True)
        kept = [line for line in lines if not _is_before(line, moment)]
        if len(kept) < len(lines):
            _replace(path, "".join(kept))
    return len(lines) - len(kept)


def are_in_trouble() -> bool:
    """Whether a line is owed to the file, or it couldn't take one now."""
    path = Path(settings.ERASURE_FILE)
    there = path if path.exists() else path.parent
    cannot_write = there.exists() and not os.access(there, os.W_OK)
    return cannot_write or OutboxTask.objects.owed().filter(kind=TASK).exists()


def owed_line(task: OutboxTask) -> Entry:
    """Return the line that a task owes."""
    return Entry.read(task.parameters["line"].replace("*", task.subject))


def _path() -> Path:
    path = Path(settings.ERASURE_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold a lock beside the file: the file itself is replaced when it is shortened."""
    file = os.open(path.with_name(f"{path.name}.lock"), os.O_WRONLY | os.O_CREAT, OWNER_ALONE)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _is_before(line: str, moment: datetime) -> bool:
    try:
        return Entry.read(line).moment < moment
    except ValueError:
        return False


def _replace(path: Path, text: str) -> None:
    """Put a new file in the old one's place, at once and for good: whoever is cut off leaves the old one."""
    fresh = path.with_name(f"{path.name}.new")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ALONE)
    try:
        os.write(file, text.encode("ascii", "replace"))
        os.fsync(file)
    finally:
        os.close(file)
    fresh.replace(path)
