"""Compare the tellings of each count: signatures, events, totals, and what was counted by the hour."""

from django.core.management.base import BaseCommand, CommandError

from petition.services import tallying
from petition.services.counting import recount


class Command(BaseCommand):
    help = (
        "Compare signatures, events, totals and hourly numbers; with --fix, mend the totals and count the hours anew. "
        "Status 1 while they differ."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--fix",
            action="store_true",
            help="add the difference to the total; count the hours of a petition anew",
        )

    def handle(self, *args, fix: bool = False, **options) -> None:
        found = recount(fix=fix)
        for telling in found:
            self.stdout.write(
                f"{telling.petition.slug}: signatures {telling.signatures}, events {telling.events}, "
                f"total {telling.total}: {'agree' if telling.agrees else 'DIFFER'}"
            )
        differing = tallying.compare(fix=fix)
        for petition in differing:
            self.stdout.write(f"{petition.slug}: hourly numbers DIFFER from the events")
        after, left = (recount(), tallying.compare()) if fix else (found, differing)
        if left or not all(telling.agrees for telling in after):
            raise CommandError("The tellings differ.")
