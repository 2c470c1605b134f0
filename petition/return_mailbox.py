"""The mailbox in which undeliverable mail comes back, read over POP3 (RFC 1939), TLS outside this machine."""

import poplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

TIMEOUT = 10  # seconds, for each step of the dialogue
AT_ONCE = 200  # messages per run: some seconds' work; the rest waits for the next run
LONGEST = 30.0  # seconds for a run, begun messages apart: meanwhile this worker sends no mail
LARGEST = 1_000_000  # octets; a report of a larger mail is read by its beginning
LINES_OF_LARGE = 2_000  # enough for the report, which stands before the mail that it is about

# Python refuses a longer line and loses its place in the dialogue; reports quote HTML in lines of any length, and one
# such message would block the mailbox for good.
poplib._MAXLINE = LARGEST  # type: ignore[attr-defined]


class MailboxTrouble(Exception):
    """The mailbox can't be read. Its own words are left out: they may quote the user."""


@dataclass(frozen=True)
class Mailbox:
    """Where it is, and who we are there."""

    host: str
    port: int
    user: str
    password: str
    is_secret: bool


def settings_mailbox() -> Mailbox | None:
    """Return the mailbox of the settings; None where there is none."""
    return Mailbox(**settings.BOUNCE_MAILBOX) if settings.BOUNCE_MAILBOX else None


def read(mailbox: Mailbox, take: Callable[[bytes], None], *, most: int = AT_ONCE) -> int:
    """Hand up to `most` messages to `take`, oldest first, and have each deleted once `take` has returned.

    Returns how many; a slow server gets fewer read. It deletes at the end of the dialogue alone, so after a break some
    are handed over again. Raises MailboxTrouble, and whatever `take` raises, with what was taken before deleted.
    """
    taken, begun = 0, time.monotonic()
    try:
        server = _open(mailbox)
        try:
            sizes = [(int(number), int(size)) for number, size in map(bytes.split, server.list()[1])]
            for number, size in sizes[:most]:
                if time.monotonic() - begun > LONGEST:
                    break
                take(b"\r\n".join(_fetch(server, number, size)))
                server.dele(number)
                taken += 1
        finally:
            with suppress(OSError, poplib.error_proto):
                server.quit()
    except (OSError, poplib.error_proto, ValueError) as error:
        raise MailboxTrouble(_in_words(error)) from None
    return taken


def _open(mailbox: Mailbox) -> poplib.POP3:
    if mailbox.is_secret:
        server: poplib.POP3 = poplib.POP3_SSL(
            mailbox.host, mailbox.port, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        server = poplib.POP3(mailbox.host, mailbox.port, timeout=TIMEOUT)
    try:
        server.user(mailbox.user)
        server.pass_(mailbox.password)
    except BaseException:
        server.close()
        raise
    return server


def _fetch(server: poplib.POP3, number: int, size: int) -> list[bytes]:
    return server.retr(number)[1] if size <= LARGEST else server.top(number, LINES_OF_LARGE)[1]


def _in_words(error: Exception) -> str:
    return type(error).__name__
