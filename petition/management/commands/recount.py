"""Compare the three tellings of each count: signatures, events, totals."""

from django.core.management.base import BaseCommand, CommandError

from petition.services.counting import recount


class Command(BaseCommand):
    help = "Compare signatures, events and totals; with --fix, mend the totals. Status 1 while they differ."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--fix", action="store_true", help="add the difference to the total")

    def handle(self, *args, fix: bool = False, **options) -> None:
        found = recount(fix=fix)
        for telling in found:
            self.stdout.write(
                f"{telling.petition.slug}: signatures {telling.signatures}, events {telling.events}, "
                f"total {telling.total}: {'agree' if telling.agrees else 'DIFFER'}"
            )
        after = recount() if fix else found
        if not all(telling.agrees for telling in after):
            raise CommandError("The tellings differ.")
