"""Read every page anew for the search, after texts were changed by other ways than publishing."""

from django.core.management.base import BaseCommand

from home.search.index import remember_all


class Command(BaseCommand):
    """Keep the words of every live page, and of no other."""

    help = __doc__

    def handle(self, *args, **options):
        self.stdout.write(f"{remember_all()} pages were read.")
