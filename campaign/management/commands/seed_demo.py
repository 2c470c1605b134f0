"""Fill the demo: groups, pages in both languages, an open petition, one staff account per role."""

import logging
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaign.demo.build import build
from campaign.roles import Role, ensure_roles
from petition.enums import PetitionState
from petition.services.opening import open_petition

ACCOUNTS = {
    Role.EDITOR: "redaction",
    Role.PETITION_MANAGER: "petition",
    Role.ADMINISTRATOR: "administration",
}
PASSWORD_BYTES = 12  # 96 random bits: nobody guesses them, and 16 letters can still be copied by hand


def accounts_file() -> Path:
    """Return where the demo's logins are kept."""
    return Path(settings.VAR_DIR) / "demo-accounts.txt"


class Command(BaseCommand):
    help = "Fills the demo with the campaign's content and staff accounts. Safe to run twice; refused outside the demo."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("seed_demo writes demonstration accounts: it runs only where DEMO=1 is set.")
        if options["verbosity"] < 2:
            # Three hundred lines of pages published and indexed would bury the logins below.
            for name in ("wagtail", "django_tasks"):
                logging.getLogger(name).setLevel(logging.WARNING)
        with transaction.atomic():
            groups = ensure_roles()
            petition = build()
            if petition.state == PetitionState.PREPARATION:
                open_petition(petition)
            logins = self.ensure_accounts(groups)
        self.stdout.write(f"Site:  {settings.SITE_URL}/  and  {settings.SITE_URL}/en/")
        self.stdout.write(f"Staff: {settings.SITE_URL}/admin/")
        for role, name in ACCOUNTS.items():
            password = logins.get(name, "(password not known here: it was changed or its file removed)")
            self.stdout.write(f"  {role.value}: {name}  {password}")
        self.stdout.write(f"These logins are kept in {accounts_file()}")

    def ensure_accounts(self, groups) -> dict[str, str]:
        """Make the accounts that are missing and return the password of each whose password is known."""
        users = get_user_model().objects
        known = read_logins()
        made = False
        for role, name in ACCOUNTS.items():
            if users.filter(username=name).exists():
                continue
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            user = users.create_user(name, f"{name}@example.org", password)
            user.groups.add(groups[role])
            known[name] = password
            made = True
        if made:
            write_logins(known)
        return known


def read_logins() -> dict[str, str]:
    """Return the logins kept by an earlier run: user name and password, one pair a line."""
    path = accounts_file()
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text().splitlines() if not line.startswith("#"))
    return {pair[0]: pair[1] for pair in lines if len(pair) == 2}


def write_logins(logins: dict[str, str]) -> None:
    """Keep the logins, readable by their owner alone from the first byte on."""
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# Staff accounts of the demo, at {settings.SITE_URL}/admin/\n")
        file.writelines(f"{name} {password}\n" for name, password in logins.items())
    draft.replace(path)
