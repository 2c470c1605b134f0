"""Delete what no mailbox confirmed in 14 days; the worker does it every hour."""

from django.core.management.base import BaseCommand

from petition.handlers import expire_signatures


class Command(BaseCommand):
    help = "Delete unconfirmed signatures older than 14 days, and limits' counters and keys that are over."

    def handle(self, *args, **options) -> None:
        self.stdout.write(expire_signatures())
