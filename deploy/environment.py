"""The environment that the product's programs get: ours alone, whatever the caller's shell has set."""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import quote

from deploy.stamps import write_whole
from deploy.steps import ROOT, VAR

SECRETS_FILE = VAR / "demo.env"
SECRETS = ("SECRET_KEY", "EMAIL_KEY_SECRET", "LINK_SECRET", "FORM_SECRET")
DATABASE = VAR / "demo.sqlite3"


def without_ours() -> dict[str, str]:
    """The caller's environment without the product's variables: a key of a real service must reach no demo, no test."""
    names = _ours() | {f"{name}_FILE" for name in SECRETS} | {"DJANGO_SETTINGS_MODULE", "DEBUG", "DEMO"}
    return {name: value for name, value in os.environ.items() if name not in names}


def demo(port: int) -> dict[str, str]:
    """The demo's environment: SQLite under var/, links to this machine, secrets drawn at random on the first run.

    What somebody adds to var/demo.env, such as a service's key, is handed on; what the demo needs stays as it is.
    """
    return {
        **without_ours(),
        **_demo_file(),
        "ENV_FILE": str(SECRETS_FILE),
        "RESTART_COMMAND": "make demo",
        "DJANGO_SETTINGS_MODULE": "campaign.settings",
        "DEMO": "1",
        "DATABASE_URL": sqlite_url(DATABASE),
        "MEDIA_ROOT": str(VAR / "media"),
        "SITE_URL": site_url(port),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
    }


def sqlite_url(path: Path) -> str:
    """The address of a database file, whatever its folders are called."""
    return f"sqlite:///{quote(str(path))}"


def site_url(port: int) -> str:
    """Where the demo answers."""
    return f"http://127.0.0.1:{port}"


def _ours() -> set[str]:
    """The names of the product's variables: those of .env.example."""
    return set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))


def _demo_file() -> dict[str, str]:
    if not SECRETS_FILE.exists():
        lines = [f"{name}={secrets.token_urlsafe(48)}\n" for name in SECRETS]
        write_whole(SECRETS_FILE, "".join(lines), mode=0o600)
    pairs = (line.split("=", 1) for line in SECRETS_FILE.read_text().splitlines() if "=" in line)
    known = _ours()
    return {name.strip(): value.strip() for name, value in pairs if name.strip() in known}
