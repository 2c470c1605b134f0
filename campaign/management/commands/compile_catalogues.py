"""Compile the translations without msgfmt, so that a bare machine can run the site."""

import os

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile every .po catalogue of the project to .mo."
    requires_system_checks: list = []

    def handle(self, *args, **options) -> None:
        for room in ("campaign", "petition", "home"):
            for source in sorted((settings.BASE_DIR / room / "locale").glob("*/LC_MESSAGES/django.po")):
                draft = source.with_suffix(f".{os.getpid()}.new")
                polib.pofile(str(source)).save_as_mofile(str(draft))
                draft.replace(source.with_suffix(".mo"))  # at once: a running site may be reading it
                self.stdout.write(str(source.relative_to(settings.BASE_DIR)))
