"""Copies the tree, makes one line wrong at a time, runs the tests named for it, and puts the line right again."""

import argparse
import contextlib
import json
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import Fault, Stopped, end, say, stop
from deploy.steps import run as run_step
from tests.cluster import postgresql
from tests.drills.processes import copy_project
from tests.drills.sabotage.entry import Database, Sabotage
from tests.drills.sabotage.report import Result, summary, write_report
from tests.drills.sabotage.table import TABLE
from tests.system_packages import chromium, need

PATIENCE = 600  # seconds after which the tests of one sabotage count as stuck

Outcomes = dict[str, dict[str, str]]


def run(words: Sequence[str]) -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills.sabotage", description=__doc__)
    parser.add_argument(
        "--only", default="", metavar="WORD", help="those whose file, test or reason holds it"
    )
    parser.add_argument("--list", action="store_true", help="say what would be done, and do nothing")
    asked = parser.parse_args(list(words))
    chosen = [entry for entry in TABLE if entry.mentions(asked.only)]
    if asked.list:
        for entry in chosen:
            say("\n".join([entry.in_words(), f"  {entry.why}", *(f"  - {test}" for test in entry.tests)]))
        return 0
    results = _results(chosen)
    if not asked.only:
        write_report(results)
    say(summary(results))
    return 0 if all(result.is_red for result in results) else 1


def _results(chosen: list[Sabotage]) -> list[Result]:
    packages.ready(tests=True)
    need("chromium", "fonts-dejavu-core")
    with tempfile.TemporaryDirectory(prefix="petition-sabotage-") as folder, contextlib.ExitStack() as stack:
        urls = {Database.SQLITE: f"sqlite:///{folder}/tests.sqlite3"}
        if any(entry.database is Database.POSTGRESQL for entry in chosen):
            need("postgresql")
            urls[Database.POSTGRESQL] = stack.enter_context(postgresql())
        copy = Copy(Path(folder), urls)
        failing = {test for database in urls for test in copy.fails_untouched(chosen, database)}
        results = []
        for number, entry in enumerate(chosen, 1):
            say(f"{number}/{len(chosen)} {entry.in_words()}")
            for result in copy.try_out(entry):
                told = Result(entry, result.test, result.seen, fails_untouched=result.test in failing)
                say(f"    {told.in_words()}")
                results.append(told)
        return results


class Copy:
    """The copied tree and its databases."""

    def __init__(self, folder: Path, urls: dict[Database, str]) -> None:
        self.folder, self.urls = folder, urls
        self.tree = copy_project(folder / "tree")
        self.scratch = folder / "scratch"  # what the tests leave behind goes with the folder
        self.scratch.mkdir()
        self.database = folder / "tests.sqlite3.test"
        self.pristine = folder / "pristine.sqlite3"
        settings = {**self._environment(Database.SQLITE), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        words: list[str | Path] = [packages.PYTHON, self.tree / "manage.py", "compile_catalogues"]
        run_step("Compiling the translations", words, settings)

    def fails_untouched(self, chosen: list[Sabotage], database: Database) -> list[str]:
        """Return the tests that fail without any sabotage: they prove nothing."""
        here = [entry for entry in chosen if entry.database is database]
        tests = list(dict.fromkeys(test for entry in here for test in entry.tests))
        if not tests:
            return []
        say(f"· Running {len(tests)} tests on {database.value}, untouched")
        outcomes = self._pytest(tests, database, anew=True, keep_bytecode=True)
        if not outcomes:
            raise Fault("Without any sabotage no test began: pytest's words stand above.")
        failing = [test for test in tests if (found := _of(test, outcomes)) is None or found[0]]
        for test in failing:
            say(f"  fails untouched: {test} {_of(test, outcomes)}")
        return failing

    def try_out(self, entry: Sabotage) -> list[Result]:
        """Make the line wrong, run the tests, put the line right."""
        with self._made_wrong(entry):
            anew = entry.changes_tables or entry.database is Database.POSTGRESQL
            outcomes = self._pytest(list(entry.tests), entry.database, anew=anew)
        results = []
        for test in entry.tests:
            found = _of(test, outcomes)
            results.append(Result(entry, test, found[1] if found and found[0] else None))
        return results

    @contextlib.contextmanager
    def _made_wrong(self, entry: Sabotage) -> Iterator[None]:
        path = self.tree / entry.file
        if entry.old is None:
            assert not path.exists(), f"{entry.file} exists"
            path.write_text(entry.new + "\n", encoding="utf-8")
            try:
                yield
            finally:
                path.unlink()
            return
        right = self.folder / "right"
        shutil.copy2(path, right)  # with its time, so that its bytecode is good again afterwards
        source = path.read_text(encoding="utf-8")
        assert source.count(entry.old) == entry.times, (
            f"{entry.file} holds {entry.old!r} another number of times"
        )
        path.write_text(source.replace(entry.old, entry.new), encoding="utf-8")
        try:
            yield
        finally:
            shutil.copy2(right, path)

    def _environment(self, database: Database) -> dict[str, str]:
        ours = {
            "DATABASE_URL": self.urls[database],
            "CHROMIUM": chromium() or "",
            "PYTHONPATH": str(self.tree),
        }
        return {**without_ours(), **ours}

    def _pytest(
        self, tests: list[str], database: Database, *, anew: bool = False, keep_bytecode: bool = False
    ) -> Outcomes:
        written = self.folder / "outcomes.json"
        written.unlink(missing_ok=True)
        if database is Database.SQLITE:
            self._lay_out_database(anew)
        command: list[str | Path] = [
            packages.PYTHON,
            "-m",
            "pytest",
            "-q",
            "-p",
            "tests.drills.sabotage.outcomes",
        ]
        command += ["--tb=short", "--create-db" if anew else "--reuse-db", *tests]
        environment = {**self._environment(database), "SABOTAGE_OUTCOMES": str(written)}
        if not anew:
            environment["SABOTAGE_MIGRATED"] = "1"
        if not keep_bytecode:
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
        with (self.folder / "pytest.out").open("w") as output:
            child = subprocess.Popen(
                command,
                cwd=self.tree,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            _wait(child)
        outcomes = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
        if not outcomes:
            say("    no test began:\n" + (self.folder / "pytest.out").read_text()[-3000:])
        return outcomes

    def _lay_out_database(self, anew: bool) -> None:
        """Lay out the migrated, empty database: tests that commit leave it without Wagtail's first rows."""
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        if anew:
            return
        if not self.pristine.exists():
            settings = {
                **self._environment(Database.SQLITE),
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "DATABASE_URL": f"sqlite:///{self.pristine}",
            }
            words: list[str | Path] = [
                packages.PYTHON,
                self.tree / "manage.py",
                "migrate",
                "--verbosity",
                "0",
            ]
            run_step("Making a database to copy", words, settings)
        shutil.copy(self.pristine, self.database)


def _wait(child: subprocess.Popen[bytes]) -> None:
    """Wait for the end of pytest. Told to stop, end it first, then raise Stopped; end it too when it is stuck."""
    last = time.monotonic() + PATIENCE
    while child.poll() is None:
        if stop.wait(timeout=0.1) or time.monotonic() > last:
            end([child], signal.SIGINT)  # so that it ends its own programs
    if stop.is_set():
        raise Stopped


def _of(test: str, outcomes: Outcomes) -> tuple[bool, str] | None:
    """Return whether a test failed and the line that saw it; None when it did not run."""
    found = [outcome for name, outcome in outcomes.items() if name == test or name.startswith(f"{test}[")]
    if not found:
        return None
    red = [outcome for outcome in found if outcome["outcome"] == "failed"]
    return (True, red[0]["seen"]) if red else (False, "")
