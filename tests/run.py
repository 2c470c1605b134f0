"""`make test`: the whole suite on PostgreSQL, then the main job on SQLite. Ends with pytest's own closing line."""

import os
import shlex
import signal
import tempfile
from pathlib import Path

from deploy import packages
from deploy.environment import sqlite_url, without_ours
from deploy.steps import call, run, run_main, say
from tests import npm
from tests.cluster import postgresql
from tests.system_packages import chromium, need

FOR_HTML = ("npm", "default-jre-headless")  # bring and run its validator
FOR_PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # for what WeasyPrint makes of pages
NO_TESTS = 5  # pytest's status when nothing was selected
# Not repeated on SQLite: what asks nothing of the database, and what is promised of a real site, which runs on
# PostgreSQL. The main job, staff's screens and the killed workers are.
ONCE = (
    "tests/access",
    "tests/bench",
    "tests/promises",
    "tests/static",
    "tests/stories",
    "tests/test_house.py",
    "tests/test_words.py",
    "tests/drills/test_sabotage_table.py",
    "tests/drills/test_setup_faults.py",
    "tests/drills/test_supervise.py",
)


def main() -> int:
    """Set up, run both, fail when either failed."""
    need("python3-venv", "postgresql", "chromium", "fonts-dejavu-core", "libatomic1", "wrk")
    need(*FOR_HTML, *FOR_PDF)
    packages.ready(tests=True)
    npm.ready()
    with tempfile.TemporaryDirectory(prefix="petition-tests-") as scratch:
        # Whatever the tests, their browser and their processes leave behind goes with the folder.
        environment = {**without_ours(), "CHROMIUM": chromium() or "", "TMPDIR": scratch}
        return _run_both(environment, sqlite_url(Path(scratch) / "tests.sqlite3"))


def _run_both(environment: dict[str, str], sqlite_url: str) -> int:
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    run("Compiling the translations", [packages.PYTHON, "manage.py", "compile_catalogues"], settings)
    with postgresql() as url:
        say("== The whole suite on PostgreSQL")
        first = _pytest({**environment, "DATABASE_URL": url})
    say(f"== On PostgreSQL: {'all passed' if first == 0 else f'FAILED (status {first}), see above'}")
    say("== The main job on SQLite")
    ignored = [f"--ignore={path}" for path in ONCE]
    second = _pytest({**environment, "DATABASE_URL": sqlite_url}, "-m", "not postgresql_only", *ignored)
    return first or second


def _pytest(environment: dict[str, str], *options: str) -> int:
    chosen = shlex.split(os.environ.get("ARGS", ""))
    command = [str(packages.PYTHON), "-m", "pytest", *options, *chosen]
    # SIGINT, so that pytest closes its browser and its servers before it ends.
    status = call(command, env=environment, ask=signal.SIGINT)
    return 0 if status == NO_TESTS and chosen else status


if __name__ == "__main__":
    run_main(main)
