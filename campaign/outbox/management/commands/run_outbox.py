import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError

from campaign.outbox.errors import describe
from campaign.outbox.worker import Worker


class Command(BaseCommand):
    help = "Sends the mails that are owed, tells the providers, and does what is due by the clock."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        with _stopped_by_signals(worker):
            if once:
                self._drain(worker)
            else:
                worker.run()

    def _drain(self, worker: Worker) -> None:
        try:
            number = worker.drain()
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"The database doesn't answer: {describe(error)}") from None
        self.stdout.write(f"{number} done or put back")


@contextmanager
def _stopped_by_signals(worker: Worker) -> Iterator[None]:
    before = {name: signal.signal(name, worker.stop) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
