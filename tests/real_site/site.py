"""The running programs: set up once, told to end by their own process ids."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from deploy.environment import without_ours
from deploy.steps import ROOT, end
from tests.fakes.mailchimp import Mailchimp
from tests.real_site.database import Database, new_database
from tests.real_site.post_office import PostOffice
from tests.real_site.waiting import eventually

SLUG = "donnees-de-sante"
SECRETS = ("SECRET_KEY", "EMAIL_KEY_SECRET", "LINK_SECRET", "FORM_SECRET")
OWED = "done_at IS NULL AND failed_at IS NULL"
NOT_WRITTEN_BY_PROGRAMS = {"static", "site.sqlite3", "site.sqlite3-wal", "site.sqlite3-shm"}


class RealSite:
    """Addresses, database, mails and words of one running site, and the list's provider with its own record.

    It has the provider's keys, and passes nobody on until somebody switches that list on.
    """

    def __init__(self, folder: Path, database: Database, post: PostOffice, mailchimp: Mailchimp):
        self.folder, self.database, self.post, self.mailchimp = folder, database, post, mailchimp
        self.secrets = {name: secrets.token_urlsafe(48) for name in SECRETS}
        self.started: list[subprocess.Popen[bytes]] = []
        # Bound here and handed on, so that no other program takes the port meanwhile.
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def set_up(self) -> None:
        """Make tables, content and static files; seeding is the demo's, all else as in production."""
        static = self._start("collectstatic", "manage.py", "collectstatic", "--noinput")
        self._wait(self._start("migrate", "manage.py", "migrate", "--noinput"))
        self._wait(self._start("seed", "manage.py", "seed_demo", DEMO="1"))
        self._wait(static)

    def start(self) -> None:
        """Run site and worker; return when both work."""
        descriptor = self.listener.fileno()
        # As in deploy/demo.py.
        gunicorn = ["-m", "gunicorn", "campaign.wsgi:application", f"--bind=fd://{descriptor}"]
        gunicorn += ["--no-control-socket", "--worker-class=gthread", "--workers=2", "--threads=4"]
        gunicorn += ["--graceful-timeout=3", "--log-level=info"]
        programs = [
            self._start("site", *gunicorn, keep_open=(descriptor,)),
            self._start("worker", "manage.py", "run_outbox"),
        ]
        eventually(lambda: self._are_ready(programs), f"site and worker are ready ({self.folder}/*.out)")

    def stop(self) -> None:
        """End what was started; what it said stays to be read, the rest goes."""
        end(self.started, signal.SIGTERM)
        self.listener.close()
        shutil.rmtree(self.folder / "static", ignore_errors=True)

    def logins(self) -> dict[str, str]:
        """Return the passwords of staff by user name."""
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        return dict(line.split() for line in lines if not line.startswith("#"))

    def written(self) -> str:
        """Return all that the programs said and wrote outside the database, up to now."""
        files = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        ours = (f for f in files if f.relative_to(self.folder).parts[0] not in NOT_WRITTEN_BY_PROGRAMS)
        return "\n".join(file.read_text(errors="replace") for file in ours)

    def words_of(self, name: str) -> str:
        """Return what one program has said."""
        return (self.folder / f"{name}.out").read_text(errors="replace")

    def count(self) -> int:
        """Return the public count, as other programs read it."""
        answer = requests.get(f"{self.url}/api/petitions/{SLUG}/count.json", timeout=30)
        return answer.json()["count"]

    def wait_for_quiet(self) -> None:
        """Wait until the worker has done all that it can do today."""
        self._wait_for_none("attempts = 0 OR lease_until IS NOT NULL", "every task has been tried")

    def bring_forward(self) -> None:
        """Let the worker do now what it would try again later."""
        self.database.change(f"UPDATE outbox_outboxtask SET due = created_at WHERE {OWED}")
        self._wait_for_none("TRUE", "every task has come to its end")

    def _wait_for_none(self, which: str, what: str) -> None:
        question = f"SELECT count(*) FROM outbox_outboxtask WHERE {OWED} AND ({which})"
        eventually(lambda: self.database.one(question) == 0, what)

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a program of this site finds in its environment."""
        return {
            **without_ours(),
            **self.secrets,
            "DJANGO_SETTINGS_MODULE": "tests.real_site.settings",
            "REAL_SITE_FOLDER": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "DATABASE_URL": self.database.url,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.post.port}",
            "MAILCHIMP_API_KEY": self.mailchimp.api_key,
            "MAILCHIMP_LIST_ID": self.mailchimp.list_id,
            "MAILCHIMP_API_URL": self.mailchimp.url,
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    def _start(
        self, name: str, *words: str, keep_open: tuple[int, ...] = (), **more: str
    ) -> subprocess.Popen:
        with (self.folder / f"{name}.out").open("wb") as out:
            program = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                pass_fds=keep_open,
            )
        self.started.append(program)
        return program

    def _wait(self, program: subprocess.Popen) -> None:
        assert program.wait() == 0, f"{program.args!r}\n{self.written()[-3000:]}"

    def _are_ready(self, programs: list[subprocess.Popen]) -> bool:
        for program in programs:
            assert program.poll() is None, f"{program.args!r} has ended\n{self.written()[-3000:]}"
        with suppress(requests.RequestException):
            answer = requests.get(f"{self.url}/health/ready", timeout=10)
            return answer.status_code == 200 and answer.json()["degraded"] == []
        return False


@contextmanager
def running_site(folder: Path) -> Iterator[RealSite]:
    """Run a whole site in a folder; end it and drop its database afterwards."""
    os.environ.setdefault("NO_PROXY", "127.0.0.1,localhost")
    provider = Mailchimp(api_key=f"{secrets.token_hex(16)}-us1", list_id="essai")
    with PostOffice() as post, provider as mailchimp, new_database(folder) as database:
        site = RealSite(folder, database, post, mailchimp)
        try:
            site.set_up()
            site.start()
            yield site
        finally:
            site.stop()
