"""`make test`: the whole suite on PostgreSQL, and the main job on SQLite. Ends with pytest's own closing line."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from deploy import packages
from deploy.environment import sqlite_url, without_ours
from deploy.steps import ROOT, Stopped, end, holding, run, run_main, say, stop
from tests import npm
from tests.cluster import postgresql
from tests.system_packages import chromium, need

FOR_HTML = ("npm", "default-jre-headless")  # bring and run its validator
FOR_PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # for what WeasyPrint makes of pages
NO_TESTS = 5  # pytest's status when nothing was selected
AT_ONCE = 2  # a run of tests keeps one processor busy, seldom more
LOOK_EVERY = 0.2  # seconds

# What drives browsers, sites of their own and other programs, and what reads the whole tree: half of the time.
FROM_OUTSIDE = (
    "tests/access",
    "tests/bench",
    "tests/drills",
    "tests/promises",
    "tests/static",
    "tests/stories",
    "tests/test_house.py",
    "tests/test_words.py",
)
# SQLite does the main job as well: sign, confirm, leave, count, the mails and the list, killed workers, search, the
# demo. Not repeated there: what asks nothing of the database, what is promised of a real site, which runs on
# PostgreSQL, and pages, which ask of a database what those above ask.
ONCE = (
    *(f"--ignore={path}" for path in FROM_OUTSIDE if path != "tests/drills"),
    "--ignore=tests/drills/test_sabotage_table.py",
    "--ignore=tests/drills/test_setup_faults.py",
    "--ignore=tests/drills/test_supervise.py",
    "--ignore=tests/campaign/typography",
    "--ignore=tests/fakes",
    "--ignore-glob=tests/home/test_*.py",
    "--ignore=tests/home/sharing",
    "--ignore=tests/petition/staff",
)


@dataclass(frozen=True)
class Job:
    """One run of pytest over a part of the suite, on a database of its own."""

    name: str
    options: tuple[str, ...]
    on_sqlite: bool = False


JOBS = (
    Job("the rooms on PostgreSQL", tuple(f"--ignore={path}" for path in FROM_OUTSIDE)),
    Job(
        "the site from outside on PostgreSQL",
        tuple(f"--ignore=tests/{room}" for room in ("campaign", "fakes", "home", "petition")),
    ),
    Job("the main job on SQLite", ("-m", "not postgresql_only", *ONCE), on_sqlite=True),
)


def main() -> int:
    """Set up, run every job, fail when one failed."""
    need("python3-venv", "postgresql", "chromium", "fonts-dejavu-core", "libatomic1", "wrk")
    need(*FOR_HTML, *FOR_PDF)
    packages.ready(tests=True)
    npm.ready()
    with tempfile.TemporaryDirectory(prefix="petition-tests-") as scratch, ExitStack() as servers:
        # Whatever the tests, their browser and their processes leave behind goes with the folder.
        environment = {**without_ours(), "CHROMIUM": chromium() or "", "TMPDIR": scratch}
        settings = {**environment, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        run("Compiling the translations", [packages.PYTHON, "manage.py", "compile_catalogues"], settings)

        def start(job: Job, output: Path) -> subprocess.Popen[bytes]:
            lite = sqlite_url(Path(scratch) / "tests.sqlite3")
            url = lite if job.on_sqlite else servers.enter_context(postgresql())
            with output.open("wb") as written:
                return subprocess.Popen(
                    [packages.PYTHON, "-m", "pytest", *job.options, *_chosen()],
                    cwd=ROOT,
                    env={**environment, "DATABASE_URL": url},
                    stdin=subprocess.DEVNULL,
                    stdout=written,
                    stderr=subprocess.STDOUT,
                )

        return _run_all(Path(scratch), start)


def _run_all(scratch: Path, start: Callable[[Job, Path], subprocess.Popen[bytes]]) -> int:
    """Run the jobs, two at a time; what each says is shown whole once it has ended. Return 0 when all passed."""
    waiting, worst = list(JOBS), 0
    running: dict[subprocess.Popen[bytes], tuple[Job, Path, float]] = {}
    with holding():
        while (waiting or running) and not stop.is_set():
            while waiting and len(running) < AT_ONCE:
                job, output = waiting[0], scratch / f"{len(waiting)}.txt"
                say(f"== Begun: {job.name}")
                running[start(waiting.pop(0), output)] = (job, output, time.monotonic())
            time.sleep(LOOK_EVERY)
            for process in [each for each in running if each.poll() is not None]:
                worst = _show(*running.pop(process), process.returncode) or worst
        # SIGINT, so that pytest closes its browser and its servers before it ends.
        end(list(running), signal.SIGINT)
    if stop.is_set():
        raise Stopped
    return worst


def _show(job: Job, output: Path, begun: float, status: int) -> int:
    status = 0 if status == NO_TESTS and _chosen() else status
    minutes, seconds = divmod(int(time.monotonic() - begun), 60)
    result = "all passed" if status == 0 else f"FAILED (status {status})"
    say(f"== Ended after {minutes} min {seconds} s, {result}: {job.name}")
    with output.open("rb") as said:
        shutil.copyfileobj(said, sys.stdout.buffer)
    sys.stdout.flush()
    return status


def _chosen() -> list[str]:
    return shlex.split(os.environ.get("ARGS", ""))


if __name__ == "__main__":
    run_main(main)
