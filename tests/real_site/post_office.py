"""A mail server that keeps what it is sent, and treats some addresses badly when told to."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from enum import Enum, auto

from tests.people import Mailbox
from tests.real_site.waiting import eventually

# Every dialogue line by line would bury what a failed test says.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class Fault(Enum):
    """What a mail server may do instead of taking a mail."""

    REFUSES = auto()  # 550, quoting address and name as real servers do
    HANGS_UP = auto()  # the connection ends in the middle of the mail
    NEVER_ANSWERS = auto()


class PostOffice(Mailbox):
    """Mailboxes of all who sign; `failing` says whose server has which fault, and what it quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: dict[str, tuple[Fault, str]] = {}
        self.failures: list[str] = []

    def __enter__(self) -> "PostOffice":
        super().__enter__()
        return self

    @contextmanager
    def failing(self, address: str, fault: Fault, quoting: str = "") -> Iterator[None]:
        """Let the server of one address fail, for a while."""
        self.faults[address] = (fault, quoting)
        try:
            yield
        finally:
            del self.faults[address]

    def failed(self, address: str) -> bool:
        """Wait until a mail to this address has met its fault."""
        return eventually(lambda: address in self.failures, "a mail is tried and meets its fault")

    def newest_to(self, address: str, *, beyond: int = 0) -> EmailMessage:
        """Wait until there are more than `beyond` mails to an address; return the newest."""
        return eventually(
            lambda: self.to(address)[beyond:], f"mail number {beyond + 1} reaches the person's mailbox"
        )[-1]

    async def handle_RCPT(self, server, session, envelope, address, options):
        fault, quoting = self.faults.get(address, (None, ""))
        if fault is Fault.REFUSES:
            self.failures.append(address)
            return f"550 5.7.1 {quoting} <{address}>: this mail is not wanted here"
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope):
        [address] = envelope.rcpt_tos
        fault, _ = self.faults.get(address, (None, ""))
        if fault is Fault.HANGS_UP:
            self.failures.append(address)
            server.transport.close()
            return "421 4.3.0 going away"
        if fault is Fault.NEVER_ANSWERS:
            self.failures.append(address)
            while address in self.faults:
                await asyncio.sleep(0.05)
            return "421 4.3.0 too late"
        return await super().handle_DATA(server, session, envelope)
