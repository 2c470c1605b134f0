"""10,000 random acts on signatures by 8 workers at once, on PostgreSQL; then every telling of the count is compared.

`make test` plays 400 by 4 workers; `make drill ARGS=operations` all, and writes docs/drills/operations.md. SEED=… gives
the workers other wishes.
"""

import os
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import ROOT, run_main, say
from tests.cluster import postgresql
from tests.system_packages import need

REPORT = ROOT / "docs" / "drills" / "operations.md"
TESTS = "tests/drills/test_operations.py"
IN_WORDS = {
    "sign": "send the form",
    "confirm": "confirm",
    "withdraw": "withdraw one",
    "erase": "erase everything",
    "set_aside": "set aside",
    "restore": "restore",
    "hold": "hold",
    "release": "release",
    "blank": "erase five names at the end of a petition",
    "add_up": "add events up by the hour",
}


def main() -> int:
    """Play, write the report; fails when something was raised or a telling differs."""
    need("python3-venv", "postgresql")
    packages.ready(tests=True)
    with tempfile.TemporaryDirectory(prefix="petition-drill-") as folder, postgresql() as url:
        _write(_play(url, Path(folder) / "operations.xml"))
    return 0


def _play(url: str, result: Path) -> dict[str, str]:
    command = [str(packages.PYTHON), "-m", "pytest", "-q", "-o", "junit_family=xunit1"]
    command += [f"--junit-xml={result}", "-o", "faulthandler_timeout=1800", TESTS]
    environment = {**without_ours(), "DATABASE_URL": url, "FULL_SIZE": "1"}
    if "SEED" in os.environ:
        environment["SEED"] = os.environ["SEED"]
    subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
    properties = ElementTree.parse(result).iter("property")
    return {one.attrib["name"]: one.attrib["value"] for one in properties}


def _write(found: dict[str, str]) -> None:
    lines = [
        "# Random acts by several workers at once",
        "",
        "Written by `make drill`. Eight workers, each over a connection of its own to PostgreSQL, wish for 10,000 acts "
        "in an order that a seed gives; which of them meet is left to the database. Six petitions, of which four come "
        "to the end of their names meanwhile; a fifth of the forms has the trap filled in, so that they are held. "
        f"It took {found['took']} s. Nothing was raised that nobody expects: no deadlock, no broken constraint.",
        "",
        "| act | wished for | had an effect |",
        "| --- | --- | --- |",
    ]
    for name, words in IN_WORDS.items():
        wished, done = found[f"act-{name}"].split()
        lines.append(f"| {words} | {wished} | {done} |")
    lines += ["", "Then the three tellings of each petition's count:", ""]
    lines += ["| signatures | events | total |", "| --- | --- | --- |"]
    lines += [
        f"| {' | '.join(value.split())} |" for name, value in found.items() if name.startswith("count-")
    ]
    lines += [
        "",
        f"{found['signatures']} signatures were left: {found['state-confirmed']} confirmed, {found['state-held']} to "
        f"be looked at, {found['state-invalidated']} set aside; {found['blank']} of them without a name. There were "
        f"{found['events']} events, and as many in the numbers by the hour.",
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say(f"· Written: {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    run_main(main)
