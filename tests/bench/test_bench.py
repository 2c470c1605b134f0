"""The benchmark itself, small: all its parts at work, on a database of its own on the tests' server."""

import json
import os
import re
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg2
import pytest

from deploy.steps import ROOT
from tests.bench.measure import ROWS, options
from tests.bench.running import RunningSite
from tests.real_site.waiting import eventually

pytestmark = pytest.mark.postgresql_only
READ = {"per_second", "p50_ms", "p95_ms", "p99_ms", "errors"}
WRITE = READ | {"pgbench_per_second", "ratio_to_pgbench"}


def bench(*words: str, **pipes) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.bench.measure", *words]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, text=True, **pipes)


def databases() -> set[str]:
    """Return the benchmark's databases on the tests' server."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench%'")
        found = {name for (name,) in cursor.fetchall()}
    connection.close()
    return found


def test_a_small_run_measures_all_writes_its_figures_and_leaves_nothing_behind(tmp_path):
    out = tmp_path / "bench.json"
    few = ("--rows", "300", "--seconds", "0.5", "--tries", "40", "--flood", "2")
    run = bench(*few, "--out", str(out), stdout=subprocess.PIPE)
    said, _nothing = run.communicate()
    assert run.returncode == 0, said
    figures = json.loads(out.read_text())
    assert set(figures) == {"sign", "confirm", "petition_page", "count_json"}
    for scenario, by_rows in figures.items():
        assert set(by_rows) == {"300"}
        told = by_rows["300"]
        assert set(told) == (WRITE if scenario in {"sign", "confirm"} else READ)
        assert told["errors"] == 0 and told["per_second"] > 0
        assert 0 < told["p50_ms"] <= told["p95_ms"] <= told["p99_ms"]
    assert "Limits      changed: none" in said
    assert "enumeration: 40 tries" in said
    people = next(line for line in said.splitlines() if line.startswith("| people beside the flood"))
    assert "| 40 × 303 |" in people
    assert re.search(r"\| the flood .* 300 × 303, 100 × 429 \|", said)
    assert not databases()


def test_told_to_stop_it_ends_all_that_it_started_and_writes_nothing(tmp_path):
    out = tmp_path / "bench.json"
    out.write_text("{}")
    run = bench("--rows", "0", "--out", str(out), stdout=subprocess.DEVNULL)
    eventually(databases, "the benchmark has made a database")
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=60) == 130
    assert not databases()
    assert not out.exists(), "figures of an earlier run would be taken for this one's"


def test_every_address_that_the_measured_site_knows_is_of_this_machine(tmp_path):
    site = RunningSite(tmp_path, "postgres://petition:x@127.0.0.1:5432/bench")
    try:
        environment = site.environment()
    finally:
        site.close()
    for name in ("DATABASE_URL", "SITE_URL", "EMAIL_URL"):
        assert urlsplit(environment[name]).hostname == "127.0.0.1", name
    assert not [name for name in environment if name.endswith(("_API_KEY", "_API_URL"))]
    assert "DEMO" not in environment and "DEBUG" not in environment


def test_sizes_are_measured_in_growing_order_and_once_each():
    assert tuple(options([]).rows) == ROWS == (0, 100_000)
    assert options(["--rows", "500", "0", "500"]).rows == [0, 500]
