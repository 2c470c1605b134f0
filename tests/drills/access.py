"""axe over every page and state, in both languages, light and dark, at 320 and 1280 px; and the rest of tests/access.

`make test` looks at some of each kind; `make drill ARGS=access` at all, and writes docs/drills/access.md.
"""

import json
import os
import re
import subprocess
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from deploy import packages
from deploy.environment import sqlite_url, without_ours
from deploy.steps import ROOT, run_main, say
from tests import npm
from tests.run import FOR_HTML
from tests.system_packages import chromium, need

REPORT = ROOT / "docs" / "drills" / "access.md"
LANGUAGES, WAYS = ("fr", "en"), (("light", 320), ("light", 1280), ("dark", 320), ("dark", 1280))
AXE = "axe_playwright_python/axe.min.js"


def main() -> int:
    """Look at everything, write the report; fails when something was found."""
    need("python3-venv", "chromium", "fonts-dejavu-core", "libatomic1", *FOR_HTML)
    packages.ready(tests=True)
    npm.ready()
    with tempfile.TemporaryDirectory(prefix="petition-drill-") as folder:
        status, cases = _look(Path(folder))
    _write(cases)
    return status


def _look(folder: Path) -> tuple[int, list[ElementTree.Element]]:
    result = folder / "access.xml"
    command = [str(packages.PYTHON), "-m", "pytest", "-q", "-o", "junit_family=xunit1"]
    # The grid is one test, and longer than the suite lets any take.
    command += [f"--junit-xml={result}", "-o", "faulthandler_timeout=3600", "tests/access"]
    status = subprocess.run(
        command,
        cwd=ROOT,
        env={
            **without_ours(),
            "DATABASE_URL": sqlite_url(folder / "tests.sqlite3"),
            "FULL_SIZE": "1",
            "CHROMIUM": chromium() or "",
            "TMPDIR": str(folder),
        },
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    return status, list(ElementTree.parse(result).iter("testcase"))


def _write(cases: list[ElementTree.Element]) -> None:
    said = {one.attrib["name"]: one.attrib["value"] for case in cases for one in case.iter("property")}
    seen = json.loads(said["seen"])
    faults: dict[tuple[str, str, str, int], str] = {}
    left: dict[str, int] = defaultdict(int)
    for name, language, scheme, width, found, to_people in seen:
        faults[name, language, scheme, width] = str(found)
        left[name] += to_people
    columns = [(language, *way) for language in LANGUAGES for way in WAYS]
    rows = [
        f"| {name} | "
        + " | ".join(faults.get((name, *column), "–") for column in columns)
        + f" | {left[name]} |"
        for name in dict.fromkeys(one[0] for one in seen)
    ]
    outcomes = [
        f"| {case.attrib['name'].replace('test_', '').replace('_', ' ')} | "
        + ("failed |" if case.find("failure") is not None or case.find("error") is not None else "passed |")
        for case in cases
    ]
    lines = [
        "# Access: every page and state, in every way",
        "",
        "Written by `make drill ARGS=access`. axe's rules: WCAG 2.0, 2.1 and 2.2, A and AA, and best practices. A cell "
        "is the number of violations; the last column is how many things axe leaves to people's eyes, over all ways "
        "(most often text on a ground that it can't compute). What a machine can't find is in "
        "`docs/accessibility-manual.md`.",
        "",
        f"- day: {datetime.now(UTC):%Y-%m-%d}",
        *[f"- {name}: {version}" for name, version in _versions().items()],
        f"- looks: {len(seen)}, violations: {sum(one[4] for one in seen)}",
        "",
        "| page or state | " + " | ".join(f"{a}, {b}, {c}" for a, b, c in columns) + " | to people |",
        "| --- |" + " --- |" * (len(columns) + 1),
        *rows,
        "",
        "The other tests of `tests/access`, on all pages and states:",
        "",
        "| what | |",
        "| --- | --- |",
        *outcomes,
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"· Written: {REPORT.relative_to(ROOT)}")


def _versions() -> dict[str, str]:
    [axe] = (packages.VENV / "lib").glob(f"python*/site-packages/{AXE}")
    found = re.search(r"axe v([\d.]+)", axe.read_text(encoding="utf-8")[:200])
    checker = ["java", "-jar", npm.validator(), "--version"]
    return {
        "axe-core": found[1] if found else "unknown",
        "browser": _said([os.environ.get("CHROMIUM") or chromium() or "chromium", "--version"]),
        "Nu HTML checker": _said(checker),
    }


def _said(command: list) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    run_main(main)
