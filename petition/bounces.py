"""Read what comes back for a mail: delivery reports (RFC 3464) and complaints (RFC 5965). Pure functions.

Nothing of the text is kept but codes: a server's words may quote the mailbox, or somebody's name.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from uuid import UUID

from petition.enums import BounceKind
from petition.return_path import rows_named_in

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY_CODE = re.compile(r"\b[245]\d\d\b")
# RFC 3463: the mailbox is full, the mail too large or of a kind not taken, the network or the policy of the moment.
# None says that the address is wrong. X.7 above all: our own server's trouble must not cut off whoever signed.
PASSING_SUBJECTS = {"3", "4", "6", "7"}
PASSING = {("2", "2"), ("2", "3")}
NO_SUCH_DOMAIN = {("4", "4"), ("4", "310")}  # as Exchange says it, though it stands under "network"
COMPLAINTS = {"abuse", "fraud"}  # RFC 5965 §7.3; "not-spam" takes one back, "other" says nothing
ADDRESSED_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Return-Path")


@dataclass(frozen=True)
class Returned:
    """One mail that came back, or one complaint: the rows that it may be about, and when (aware, never ahead)."""

    rows: tuple[UUID, ...]
    kind: BounceKind
    moment: datetime
    said: str


def read_report(raw: bytes, now: datetime) -> Returned | None:
    """Return what a message reports; None for anything else: holiday replies, delays, advertising.

    Raises whatever a malformed message makes a parser raise.
    """
    message = message_from_bytes(raw)
    found = _delivery_report(message) or _complaint(message)
    if found is None:
        return None
    kind, said = found
    rows = tuple(dict.fromkeys(rows_named_in("\n".join(_addresses(message)))))
    return Returned(rows, kind, _moment(message, now), said) if rows else None


def kind_of_status(status: str) -> BounceKind | None:
    """Return what an enhanced status code (RFC 3463) says of the address; None for a success or no code at all."""
    found = STATUS.search(status)
    if found is None or found[1] == "2":
        return None
    about = (found[2], found[3])
    passes = found[1] == "4" or about in PASSING or found[2] in PASSING_SUBJECTS
    return BounceKind.SOFT if passes and about not in NO_SUCH_DOMAIN else BounceKind.HARD


def kind_of_answer(code: int, answer: bytes | str) -> BounceKind | None:
    """Return what a server's final refusal of a recipient says of the address; None where it is about ourselves.

    "Relaying denied" is our own server's trouble: taken for the addresses', it would cut off everybody.
    """
    words = answer.decode("latin-1") if isinstance(answer, bytes) else answer
    if STATUS.search(words):
        return kind_of_status(words)
    unknown = code in {550, 551, 553} and "relay" not in words.lower()
    return BounceKind.HARD if unknown else None


def codes_in(text: str) -> str:
    """Return the codes in a server's words, which may be kept: the words may not."""
    reply, status = REPLY_CODE.search(text), STATUS.search(text)
    return " ".join(found[0] for found in (reply, status) if found)


def _delivery_report(message: Message) -> tuple[BounceKind, str] | None:
    for part in _parts(message, "message/delivery-status"):
        for recipient in _inside(part):
            if str(recipient.get("Action", "")).strip().lower() != "failed":
                continue  # "delayed": its server goes on trying, and says so once more when it gives up
            status = str(recipient.get("Status", ""))
            diagnosis = str(recipient.get("Diagnostic-Code", ""))
            kind = kind_of_status(_more_exact(status, diagnosis))
            if kind:
                return kind, codes_in(f"{diagnosis} {status}")
    return None


def _more_exact(status: str, diagnosis: str) -> str:
    """A report's "5.0.0" says no more than that it failed; the server's own words may say why."""
    return diagnosis if re.match(r"\s*[45]\.0\.0\b", status) and STATUS.search(diagnosis) else status


def _complaint(message: Message) -> tuple[BounceKind, str] | None:
    for part in _parts(message, "message/feedback-report"):
        (fields, *_) = _inside(part)
        if str(fields.get("Feedback-Type", "")).strip().lower() in COMPLAINTS:
            return BounceKind.COMPLAINT, ""
    return None


def _parts(message: Message, kind: str) -> Iterator[Message]:
    if message.get_content_type() != "multipart/report":
        return
    for part in _inside(message):
        if part.get_content_type() == kind and _inside(part):
            yield part


def _inside(part: Message) -> list[Message]:
    """Return the messages that a part is made of, which the blocks of a report are to Python's parser, too."""
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _addresses(message: Message) -> Iterator[str]:
    """Yield the headers where our return address may stand: a report is sent to it, a complaint quotes it."""
    for name in ADDRESSED_TO:
        yield from map(str, message.get_all(name, []))
    for part in message.walk():
        if part is not message:
            yield from map(str, part.get_all("Return-Path", []) + part.get_all("Original-Mail-From", []))


def _moment(message: Message, now: datetime) -> datetime:
    """When the report was written; the same at each reading, so that one report counts once."""
    with suppress(TypeError, ValueError):
        written = parsedate_to_datetime(str(message["Date"]))
        if written.tzinfo is None:
            written = written.replace(tzinfo=UTC)
        return min(written, now)
    return now
