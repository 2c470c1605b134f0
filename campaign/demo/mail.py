"""Mail in the demo: each message becomes a file that can be read in the browser; none leaves the machine."""

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

SUFFIX = ".eml"
NAME = re.compile(r"\A[0-9]{8}T[0-9]{12}Z-[0-9]+-[0-9]+\Z")
_numbers = itertools.count(1)


def folder() -> Path:
    """Return the folder of the demo's mails."""
    return Path(settings.VAR_DIR) / "mail"


class EmlBackend(BaseEmailBackend):
    """Writes each message whole or not at all: first under another name, then renamed."""

    def send_messages(self, email_messages) -> int:
        """Write the messages and return how many."""
        folder().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            now = datetime.now(UTC)
            # The process is part of the name: two workers may write in the same microsecond.
            name = f"{now:%Y%m%dT%H%M%S%f}Z-{os.getpid()}-{next(_numbers)}"
            draft = folder() / f".{name}.draft"
            draft.write_bytes(message.message().as_bytes(linesep="\r\n"))
            draft.replace(folder() / f"{name}{SUFFIX}")
        return len(email_messages)


@dataclass(frozen=True)
class StoredMail:
    """One mail that was written."""

    name: str
    message: EmailMessage

    @property
    def sent_at(self) -> datetime:
        """When it was written (UTC)."""
        return datetime.strptime(self.name.partition("-")[0], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)

    def header(self, name: str) -> str:
        """Return a header, decoded."""
        return str(self.message.get(name, ""))

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def to(self) -> str:
        return self.header("To")

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All headers, decoded, in their order."""
        return [(name, str(value)) for name, value in self.message.items()]

    def part(self, kind: str) -> str:
        """Return the text of the first part of one kind ("plain" or "html"), or nothing."""
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def read(name: str) -> StoredMail | None:
    """Return the mail of that name, or None. Only names that the backend makes are looked for at all."""
    path = folder() / f"{name}{SUFFIX}"
    if not NAME.match(name) or not path.is_file():
        return None
    return StoredMail(name, message_from_bytes(path.read_bytes(), policy=policy.default))


def newest(most: int) -> Iterator[StoredMail]:
    """Yield the newest mails first."""
    if not folder().is_dir():
        return
    names = sorted((path.stem for path in folder().glob(f"*{SUFFIX}") if NAME.match(path.stem)), reverse=True)
    for name in names[:most]:
        mail = read(name)
        if mail:
            yield mail
