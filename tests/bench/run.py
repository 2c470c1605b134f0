"""`make bench`: what the site bears, beside what PostgreSQL alone bears, on a throw-away server. See docs/benchmark.md.

ARGS hands options on: make bench ARGS="--seconds 3 --rows 0 1000".
"""

import os
import shlex

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import call, run_main
from tests.cluster import postgresql
from tests.system_packages import need


def main() -> int:
    """Set up, measure, end all."""
    need("python3-venv", "postgresql", "wrk")
    packages.ready(tests=True)
    chosen = shlex.split(os.environ.get("ARGS", ""))
    with postgresql(durable=True) as url:
        command = [str(packages.PYTHON), "-m", "tests.bench.measure", *chosen]
        return call(command, env={**without_ours(), "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"})


if __name__ == "__main__":
    run_main(main)
