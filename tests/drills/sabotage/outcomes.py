"""A plugin for pytest that writes down what became of each test, and which line of which test saw the fault."""

import json
import linecache
import os
from pathlib import Path

FILE = "SABOTAGE_OUTCOMES"  # the environment variable that names the file to write
MIGRATED = "SABOTAGE_MIGRATED"  # set where the database needs no migration

outcomes: dict[str, dict[str, str]] = {}


def pytest_configure() -> None:
    """Leave the migrations out where the database is a copy of a migrated one: looking at them takes a third."""
    if os.environ.get(MIGRATED):
        from django.core.management.commands import migrate

        migrate.Command.handle = lambda *args, **options: None  # type: ignore[method-assign]


def pytest_runtest_logreport(report) -> None:
    """Keep the first failure of a test, or that it passed."""
    known = outcomes.get(report.nodeid, {}).get("outcome")
    if report.failed and known != "failed":
        outcomes[report.nodeid] = {"outcome": "failed", "seen": _line_that_saw(report)}
    elif report.passed and report.when == "call":
        outcomes.setdefault(report.nodeid, {"outcome": "passed", "seen": ""})


def pytest_sessionfinish() -> None:
    """Write them."""
    Path(os.environ[FILE]).write_text(json.dumps(outcomes), encoding="utf-8")


def _line_that_saw(report) -> str:
    """Return the last line of ours in the traceback, as it stands in the source; else the error's own words."""
    entries = getattr(getattr(report.longrepr, "reprtraceback", None), "reprentries", [])
    places = [entry.reprfileloc for entry in entries if getattr(entry, "reprfileloc", None)]
    for place in reversed(places):
        path = Path(place.path)
        if path.parts and path.parts[0] == "tests" and path.name not in {"conftest.py", "people.py"}:
            return linecache.getline(str(path.absolute()), place.lineno).strip()
    crash = getattr(report.longrepr, "reprcrash", None)
    return (crash.message if crash else str(report.longrepr)).splitlines()[0][:120]
