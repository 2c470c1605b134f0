"""After restoring a backup: let everybody go again who had left since it was made."""

from argparse import ArgumentTypeError
from datetime import datetime, time

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from petition import erasures
from petition.services.replaying import replay


def moment(text: str) -> datetime:
    """Read a day (its beginning in Paris) or a moment, such as 2026-11-25 or 2026-11-25T14:00."""
    try:
        day = parse_date(text)
        found = datetime.combine(day, time()) if day else parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(f"not a day or a moment: {text}")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


class Command(BaseCommand):
    help = "Erases again, in a restored database, who had left: by the file that ERASURE_FILE names."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--since", type=moment, help="only what was erased from this day or moment on")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and keep it")

    def handle(self, *args, since: datetime | None = None, dry_run: bool = False, **options) -> None:
        entries = list(erasures.entries(since))
        found = replay(entries, dry_run=dry_run)
        verb = "Would be taken back" if dry_run else "Taken back"
        self.stdout.write(
            f"Lines read: {len(entries)}. {verb}: signatures {found['signatures']}, "
            f"requests {found['requests']}, supporters {found['supporters']}, consents {found['consents']}, "
            f"endorsements {found['endorsements']}."
        )
