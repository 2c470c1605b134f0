"""Workers are killed (SIGKILL) at six points of each of five mails, on PostgreSQL and on SQLite.

`make test` kills each at one mail; `make drill` at all five, and writes docs/drills/kill-worker.md.
"""

import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import ROOT, run_main, say
from tests.cluster import postgresql
from tests.system_packages import need

REPORT = ROOT / "docs" / "drills" / "kill-worker.md"
TESTS = "tests/drills/test_kill_worker.py"


def main() -> int:
    """Kill on both databases, write the report; fails when a mail was lost or too many were repeated."""
    need("python3-venv", "postgresql")
    packages.ready(tests=True)
    with tempfile.TemporaryDirectory(prefix="petition-drill-") as folder:
        with postgresql() as url:
            on_postgresql = _kill("PostgreSQL", url, Path(folder))
        on_sqlite = _kill("SQLite", f"sqlite:///{folder}/tests.sqlite3", Path(folder))
    _write({"PostgreSQL": on_postgresql, "SQLite": on_sqlite})
    return 0


def _kill(database: str, url: str, folder: Path) -> Counter[tuple[str, str]]:
    """How many workers were killed at each point, and how many mails were sent twice in all."""
    say(f"· Killing workers on {database}")
    result = folder / f"{database}.xml"
    subprocess.run(
        [packages.PYTHON, "-m", "pytest", "-q", "-o", "junit_family=xunit1", f"--junit-xml={result}", TESTS],
        cwd=ROOT,
        env={**without_ours(), "DATABASE_URL": url, "FULL_SIZE": "1"},
        stdin=subprocess.DEVNULL,
        check=True,
    )
    found: Counter[tuple[str, str]] = Counter()
    for case in ElementTree.parse(result).iter("testcase"):
        said = {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}
        found[said["point"], "killed"] += 1
        found[said["point"], "repeated"] += int(said["repeated"])
    return found


def _write(found: dict[str, Counter[tuple[str, str]]]) -> None:
    points = list(dict.fromkeys(point for counts in found.values() for point, _what in counts))
    lines = [
        "# Workers killed while they send",
        "",
        "Written by `make drill`. Five people sign; the worker that sends their mails is killed with SIGKILL at "
        "the given point; its lease is let run out; a second worker does the rest. The mail server is a real one "
        "on loopback. In no case was a mail lost, and at most the one in flight was sent twice.",
        "",
        "| killed | " + " | ".join(f"{name}: workers killed, mails sent twice" for name in found) + " |",
        "| --- |" + " --- |" * len(found),
    ]
    for point in points:
        cells = [f"{counts[point, 'killed']}, {counts[point, 'repeated']}" for counts in found.values()]
        lines.append(f"| {point.replace('_', ' ')} | " + " | ".join(cells) + " |")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"· Written: {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    run_main(main)
