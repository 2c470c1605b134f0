"""`make demo`: site and worker on this machine, with content, from nothing or with the data of last time."""

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from deploy import packages
from deploy.environment import DATABASE, SECRETS_FILE, demo, site_url, sqlite_url
from deploy.stamps import STAMPS, alone, fingerprint, is_fresh, mark
from deploy.steps import ROOT, VAR, Fault, run, run_main, say
from deploy.supervise import Program, supervise
from home import pango

ACCOUNTS = VAR / "demo-accounts.txt"
APPS = ("campaign", "home", "petition")
NO = {"", "0", "no", "false"}


def main() -> int:
    """Set up what is missing, run until told to stop."""
    port = _port()
    site = site_url(port)
    with alone(
        "demo", "The demo already runs in this folder: use it, or stop it first (Ctrl-C where it runs)."
    ):
        listener = _reserve(port)
        packages.ready()
        if os.environ.get("RESET", "").lower() not in NO:
            _forget()
        environment = demo(port)
        _compile_catalogues(environment)
        _collect_static(environment)
        _fill_database(environment)
        _listen(listener, port)
        descriptor = listener.fileno()
        # --no-control-socket: gunicorn would open one in the home directory.
        serve = ["gunicorn", "campaign.wsgi:application", f"--bind=fd://{descriptor}", "--no-control-socket"]
        serve += ["--worker-class=gthread", "--workers=2", "--threads=4", "--graceful-timeout=3"]
        serve += ["--log-level=warning"]
        python = str(packages.PYTHON)
        return supervise(
            [
                Program("the site", [python, "-m", *serve], pass_fds=[descriptor]),
                Program("the worker", [python, "manage.py", "run_outbox"]),
            ],
            environment,
            # The programs hold the socket now; ours would keep the port taken after they ended.
            started=listener.close,
            answers_at=f"{site}/health/live",
            when_ready=lambda: _announce(site),
        )


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Fault(
            f"PORT={text} is no port: name a number from 1 to 65535, for example make demo PORT=8080."
        )
    return int(text)


def _reserve(port: int) -> socket.socket:
    """Take the port before the work begins; nobody can connect until it listens."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except PermissionError:
        raise Fault(
            f"Port {port} is kept for root: choose one from 1024, for example make demo PORT=8080."
        ) from None
    except OSError:
        raise _port_taken(port) from None
    return listener


def _listen(listener: socket.socket, port: int) -> None:
    try:
        listener.listen(128)
    except OSError:
        raise _port_taken(port) from None


def _port_taken(port: int) -> Fault:
    other = port + 1 if port < 65535 else 8000
    return Fault(f"Port {port} is taken by another program: stop that one, or run make demo PORT={other}.")


def _forget() -> None:
    say("· Removing the old demo: database, media, mail, accounts, secrets")
    (STAMPS / "database").unlink(missing_ok=True)
    _remove_database(DATABASE)
    _remove_traces()
    SECRETS_FILE.unlink(missing_ok=True)


def _remove_database(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _remove_traces() -> None:
    for folder in (VAR / "media", VAR / "mail"):
        shutil.rmtree(folder, ignore_errors=True)
    ACCOUNTS.unlink(missing_ok=True)


def _compile_catalogues(environment: dict[str, str]) -> None:
    catalogues = list(_files("locale/**/*.po"))
    key = fingerprint(catalogues)
    stamp = STAMPS / "catalogues"
    if is_fresh(stamp, key) and all(catalogue.with_suffix(".mo").exists() for catalogue in catalogues):
        return
    _manage("Compiling the translations", environment, "compile_catalogues")
    mark(stamp, key)


def _collect_static(environment: dict[str, str]) -> None:
    sources = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    sources += [path for path in _files("static/**/*") if path.is_file()]
    key = fingerprint([*sources, ROOT / "campaign" / "settings.py", packages.RUNTIME_LOCK])
    stamp = STAMPS / "static"
    if is_fresh(stamp, key) and (VAR / "static").is_dir():
        return
    stamp.unlink(missing_ok=True)
    _manage(
        "Collecting style sheets, scripts and images", environment, "collectstatic", "--noinput", "--clear"
    )
    mark(stamp, key)


def _fill_database(environment: dict[str, str]) -> None:
    """Bring the database up to date, or make it: under another name until it is whole."""
    sources = [*_files("migrations/*.py"), *(ROOT / "campaign" / "demo").rglob("*.py"), packages.RUNTIME_LOCK]
    key = fingerprint(sources, environment["SITE_URL"])
    stamp = STAMPS / "database"
    if DATABASE.exists():
        if not is_fresh(stamp, key):
            _manage("Bringing the database up to date", environment, "migrate", "--noinput")
            _manage("Bringing the content up to date", environment, "seed_demo")
            mark(stamp, key)
        return
    unfinished = DATABASE.with_name("demo-unfinished.sqlite3")
    _remove_database(unfinished)
    _remove_traces()
    making = {**environment, "DATABASE_URL": sqlite_url(unfinished)}
    _manage("Making the database", making, "migrate", "--noinput")
    _manage("Writing the content, the accounts and the petition", making, "seed_demo")
    with sqlite3.connect(unfinished) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    unfinished.replace(DATABASE)
    mark(stamp, key)


def _files(pattern: str) -> Iterator[Path]:
    for app in APPS:
        yield from (ROOT / app).rglob(pattern)


def _manage(what: str, environment: dict[str, str], *arguments: str) -> None:
    run(what, [packages.PYTHON, ROOT / "manage.py", *arguments], environment)


def _announce(site: str) -> None:
    lines = (
        ACCOUNTS.read_text().splitlines() if ACCOUNTS.exists() else ["(none left; RESET=1 makes new ones)"]
    )
    accounts = "\n".join(f"        {line}" for line in lines if line and not line.startswith("#"))
    pdf = (
        ""
        if pango.is_there()
        else f"\nPDF     off, as Pango is missing here; all else works. Install: {pango.PACKAGES}"
    )
    say(f"""
Site    {site}/  (English: {site}/en/)
Staff   {site}/admin/  (accounts, kept in {ACCOUNTS.relative_to(ROOT)}:)
{accounts}
Mail    none leaves this machine: files var/mail/*.eml, readable at {site}/demo/mail/
Limits  by network are raised for this machine, so that trying often locks nobody out{pdf}
Ctrl-C ends all; make demo RESET=1 begins anew.
""")


if __name__ == "__main__":
    run_main(main)
