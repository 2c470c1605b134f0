"""200 forms a second from one prefix, beside people who sign: everybody else is answered as always.

`make test` runs two seconds of it (tests/bench/test_bench.py); `make drill` half a minute, and writes
docs/drills/flood.md.
"""

import subprocess
import tempfile
from pathlib import Path

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import ROOT, run_main, say
from tests.cluster import postgresql
from tests.system_packages import need

REPORT = ROOT / "docs" / "drills" / "flood.md"
SECONDS = 30
WORDS = [
    "# A flood from one prefix",
    "Written by `make drill`. The site runs with production settings (gunicorn, 2 processes of 4 "
    "threads) on a PostgreSQL server of its own. People sign at 20 a second, each from a network of "
    "their own and with what their browser worked out: first alone, then beside a robot without a "
    "browser that sends 200 forms a second from one /24, each for another address. 30 seconds each. "
    "Both loads, the site and the database share one machine. A time counts from the moment at which "
    "the form was due, so waiting for a free connection is in it.",
    "The run fails unless every person is answered by 303, the robot by nothing but 303 and 429, and "
    "no more of its forms are taken than a network without JavaScript may send in an hour. Once a "
    "network is over its limit, ten more of its forms a minute and process are shown again whole; "
    "what comes beyond that gets a short page that keeps what was typed and asks no database.",
]


def main() -> int:
    """Run both loads, write the report; fails when anybody else was hindered."""
    need("python3-venv", "postgresql", "wrk")
    packages.ready(tests=True)
    with tempfile.TemporaryDirectory(prefix="petition-drill-") as folder, postgresql(durable=True) as url:
        table = Path(folder) / "table.md"
        command: list[str | Path] = [packages.PYTHON, "-m", "tests.bench.measure", "--rows", "--tries", "0"]
        command += [f"--flood={SECONDS}", f"--report={table}", f"--out={folder}/bench.json"]
        subprocess.run(
            command,
            cwd=ROOT,
            env={**without_ours(), "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            check=True,
        )
        REPORT.write_text("\n\n".join([*WORDS, table.read_text(encoding="utf-8")]), encoding="utf-8")
    say(f"· Written: {REPORT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    run_main(main)
