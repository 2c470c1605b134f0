"""Delete what must not be kept any longer; the worker does it by the clock."""

from django.core.management.base import BaseCommand, CommandParser

from campaign.outbox import registry


class Command(BaseCommand):
    help = (
        "Delete now what the worker deletes by the clock: unconfirmed signatures, names whose time is over, supporters "
        "without a new yes, counters, and what else is kept for a while only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say what would be deleted; nothing is changed."
        )

    def handle(self, *args, dry_run: bool, **options) -> None:
        for deletion in registry.deletions():
            self.stdout.write(f"{deletion.name}: {deletion.function(dry_run=dry_run)}")
