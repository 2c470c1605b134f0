"""Fill a petition with made-up signers for a rehearsal, or take them away again."""

from django.core.management.base import BaseCommand, CommandError

from petition.errors import RehearsalRefused
from petition.models import Petition
from petition.services import rehearsal


class Command(BaseCommand):
    help = (
        "Bring a petition to so many made-up signers (--count), or take them all away (--remove). They are confirmed "
        "and counted, sign under a domain that nobody owns, and are never written to. Refused where there are real "
        "signatures. Safe to interrupt and to repeat."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--petition", required=True, metavar="SLUG", help="the petition's short name")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--count", type=int, metavar="N", help="how many there are to be in the end")
        what.add_argument("--remove", action="store_true", help="take all made-up signers away")

    def handle(self, *args, **options) -> None:
        petition = Petition.objects.filter(slug=options["petition"]).first()
        if petition is None:
            known = ", ".join(Petition.objects.order_by("slug").values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no petition {options['petition']} (there are: {known}).")
        if options["remove"]:
            removed = rehearsal.remove(petition)
            self.stdout.write(f"{petition.slug}: {removed} made-up signers removed.")
        else:
            self._seed(petition, options["count"])

    def _seed(self, petition: Petition, count: int) -> None:
        if count < 1:
            raise CommandError("--count takes a number from 1; to have none, use --remove.")
        try:
            made = rehearsal.seed(petition, count)
        except RehearsalRefused as error:
            raise CommandError(str(error)) from None
        there = rehearsal.synthetic_signers(petition).count()
        self.stdout.write(
            f"{petition.slug}: {made} made-up signers added, {there} in all. Take them away with --remove."
        )
