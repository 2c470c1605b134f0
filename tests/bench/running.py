"""The site that is measured: production settings, gunicorn as `make demo` starts it, a database of its own."""

import http.client
import json
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import Fault, end, holding, run
from deploy.supervise import Program, start

SLUG = "donnees-de-sante"  # the demo's petition
SECRETS = ("SECRET_KEY", "EMAIL_KEY_SECRET", "LINK_SECRET", "FORM_SECRET")
WORKERS, THREADS = 2, 4  # as in deploy/demo.py
PATIENCE = 60  # seconds until the site answers


class RunningSite:
    """One site in a folder of its own. No worker runs: what is owed stays owed."""

    def __init__(self, folder: Path, database_url: str):
        self.folder, self.database_url = folder, database_url
        self.secrets = {name: secrets.token_urlsafe(48) for name in SECRETS}
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a program of this site finds in its environment: this machine's addresses, no service's key."""
        return {
            **without_ours(),
            **self.secrets,
            # The product's own settings; only what they write lies elsewhere.
            "DJANGO_SETTINGS_MODULE": "tests.real_site.settings",
            "REAL_SITE_FOLDER": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "DATABASE_URL": self.database_url,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "TRUSTED_PROXIES": "127.0.0.1",
            "EMAIL_URL": "smtp://127.0.0.1:9",  # nothing listens there, and nothing is sent
            **more,
        }

    def manage(self, what: str, *words: str, **more: str) -> None:
        """Run a management command to its end."""
        run(what, [packages.PYTHON, "manage.py", *words], self.environment(**more))

    def start(self) -> None:
        """Run gunicorn; return when it answers."""
        descriptor = self.listener.fileno()
        command = [str(packages.PYTHON), "-m", "gunicorn", "campaign.wsgi:application"]
        command += [f"--bind=fd://{descriptor}", "--no-control-socket", "--worker-class=gthread"]
        command += [f"--workers={WORKERS}", f"--threads={THREADS}", "--graceful-timeout=3"]
        command += ["--log-level=warning"]
        program = Program("the site", command, pass_fds=[descriptor])
        words = self.folder / "site.out"
        with words.open("ab") as output:
            self.process = start(program, self.environment(), output)
        limit = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > limit:
                raise Fault(f"The site did not start: {words.read_text(errors='replace')[-600:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it; a second Ctrl-C doesn't interrupt that."""
        with holding():
            if self.process is not None:
                end([self.process])
            self.process = None

    def close(self) -> None:
        """End it for good and give the port back."""
        self.stop()
        self.listener.close()

    def post(self, path: str, body: str) -> int:
        """Send one form as a browser does, and return the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.listener.getsockname()[1], timeout=30)
        headers = {
            "Origin": self.url,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": "10.0.0.7",
        }
        try:
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def _answers(self) -> bool:
        # Straight to this machine: a proxy in the environment knows nothing of it.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.url}/health/live", timeout=5) as answer:
                return bool(json.load(answer))
        except (urllib.error.URLError, OSError, ValueError):
            return False
