"""What a handler may raise, and how an error is put in words that hold nobody's data."""

import re
import smtplib
import traceback
from datetime import datetime
from pathlib import Path

LAST_ERROR_LENGTH = 300  # enough for a server's answer; the column has the same limit


class Permanent(Exception):
    """Trying again can't help: the task stays in sight of staff, without another attempt."""


class Later(Exception):
    """Not yet: the task comes back at `until`, and no attempt is counted."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until:%Y-%m-%d %H:%M %Z}")
        self.until = until


class UnknownKind(Exception):
    """No handler is registered for a task's kind (an older worker beside a newer site, for instance)."""


class LeaseLost(Exception):
    """The lease ran out and another worker has the task: what this one did for it must not be written."""


# A provider's message may quote the person, so these go, whatever stands around them.
_ADDRESS_WITH_NAME = re.compile(r"""("[^"]*"\s*|[^<>,;:"'(){}\[\]\d]*)<[^<>]*(@|%40)[^<>]*>""")
_ADDRESS = re.compile(r"""("[^"]*"|\S*)(@|%40)\S*""")
_NETWORK_ADDRESS = re.compile(
    r"\b\d{1,3}(\.\d{1,3}){3}\b|(?<!\w)([0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?!\w)"
)
_TOKEN = re.compile(r"[A-Za-z0-9_=+/%.:~-]{24,}")
_LONGEST_READ = 1000  # the patterns' time grows with the square of a line's length
_ENHANCED_STATUS = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")


def scrub(text: str) -> str:
    """The first line of a message without e-mail or network addresses, long tokens, or what follows them.

    Databases put the values of the row on the lines after the first.
    """
    first_line = (text.strip().splitlines() or [""])[0][:_LONGEST_READ]
    for pattern, mask in (
        (_ADDRESS_WITH_NAME, " [address]"),
        (_ADDRESS, "[address]"),
        (_NETWORK_ADDRESS, "[address]"),
        (_TOKEN, "[token]"),
    ):
        first_line = pattern.sub(mask, first_line)
    return first_line.strip()


def describe(error: BaseException) -> str:
    """The class and a scrubbed message, short enough to be stored and shown to staff; ours for staff stands alone."""
    if isinstance(error, Permanent) and str(error):
        return scrub(str(error))[:LAST_ERROR_LENGTH]
    return f"{type(error).__name__}: {_message(error)}".rstrip(": ")[:LAST_ERROR_LENGTH]


def _message(error: BaseException) -> str:
    """A mail server's words about one recipient may quote the mailbox's name, so only its codes are kept."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = {_codes(code, answer) for code, answer in error.recipients.values()}
        return ", ".join(sorted(codes))
    if isinstance(error, smtplib.SMTPDataError):
        return _codes(error.smtp_code, error.smtp_error)
    if not str(error) and error.__cause__ is not None:
        return describe(error.__cause__)
    return scrub(str(error))


def _codes(code: int, answer: bytes | str) -> str:
    raw = answer if isinstance(answer, bytes) else answer.encode("utf-8", "replace")
    enhanced = _ENHANCED_STATUS.search(raw)
    return f"{code} {enhanced.group().decode()}" if enhanced else str(code)


def place(error: BaseException) -> str:
    """Where the error was raised, for the log: file and line only, as a message may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-3:]))
