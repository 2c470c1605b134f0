"""What is printed, and var/bench.json."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

from deploy.stamps import write_whole
from tests.bench.load import CONNECTIONS
from tests.bench.pgbench import CLIENTS
from tests.bench.running import THREADS, WORKERS
from tests.bench.scenarios import Figure
from tests.bench.server import Server

AIM = 1 / 8  # of pgbench
QUIET = 0.1  # processors that others may use before a figure says more about them than about us


def as_json(figures: Iterable[Figure]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures by scenario and number of rows."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for figure in figures:
        load = figure.load
        told: dict[str, float] = {
            "per_second": round(load.per_second, 1),
            "p50_ms": round(load.p50_ms, 2),
            "p95_ms": round(load.p95_ms, 2),
            "p99_ms": round(load.p99_ms, 2),
            "errors": load.errors,
        }
        if figure.alone:
            told["pgbench_per_second"] = round(figure.alone.per_second, 1)
            told["ratio_to_pgbench"] = round(_ratio(figure), 4)
        found.setdefault(figure.scenario, {})[str(figure.rows)] = told
    return found


def write(path: Path, figures: Iterable[Figure]) -> None:
    """Write the figures, wholly or not at all."""
    write_whole(path, json.dumps(as_json(figures), indent=2) + "\n")


def conditions(server: Server, seconds: float) -> str:
    """Return under which conditions the run measures, each limit that it changes on a line of its own."""
    version = server.one("SHOW server_version")
    waits = (
        "waits for the disk" if server.one("SHOW fsync") == "on" else "doesn't wait for the disk (fsync off)"
    )
    return f"""
Machine     {os.cpu_count()} processors ({_processor()}), {platform.system()} {platform.machine()}; load, site and
            PostgreSQL share them, so each figure is lower than with a load generator elsewhere
Site        production settings, gunicorn gthread {WORKERS} x {THREADS}, Python {platform.python_version()},
            nothing in front, no worker beside it
PostgreSQL  {version}, its own settings, over TCP on loopback; a commit {waits}
Load        wrk, {CONNECTIONS} connections, each request on a new one (Connection: close), {seconds:g} s a scenario
pgbench     {CLIENTS} clients, simple protocol, the statements of one real request
Limits      changed: none. Each signer comes from a network of their own (X-Forwarded-For, believed from 127.0.0.1 by
            TRUSTED_PROXIES), so the limits by network are counted and never reached.
"""


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table, and what bounds each."""
    lines = ["scenario       rows     per s   p50 ms  p95 ms  p99 ms  errors  pgbench  ratio  used most"]
    for figure in figures:
        load = figure.load
        alone = f"{figure.alone.per_second:8,.0f} {_ratio(figure):6.3f}" if figure.alone else " " * 15
        lines.append(
            f"{figure.scenario:13} {figure.rows:7,} {load.per_second:8,.0f} {load.p50_ms:8.1f}{load.p95_ms:8.1f}"
            f"{load.p99_ms:8.1f} {load.errors:7} {alone}  {bound(figure)}"
        )
    return "\n".join(lines)


def bound(figure: Figure) -> str:
    """Return what bounds a figure: the processors and who used most of them, or something else."""
    usage = figure.usage
    if not usage:
        return "not measured here"
    processors = os.cpu_count() or 1
    most = max(("site", "PostgreSQL", "load", "others"), key=lambda name: usage[name])
    share = f"{most} {usage[most]:.2f} of {processors} processors"
    return share if usage["idle"] < processors / 5 else f"{share}, {usage['idle']:.2f} idle"


def against_the_aims(figures: Sequence[Figure]) -> str:
    """Return, in words, whether a scenario slows down with its rows, and how far it is from PostgreSQL alone."""
    lines = []
    for scenario in dict.fromkeys(figure.scenario for figure in figures):
        mine = [figure for figure in figures if figure.scenario == scenario]
        first, last = mine[0], mine[-1]
        line = f"{scenario}:"
        if last.rows != first.rows:
            change = last.load.per_second / first.load.per_second - 1
            line += f" {change:+.0%} from {first.rows:,} to {last.rows:,} rows;"
        if first.alone:
            lowest = min(_ratio(figure) for figure in mine)
            line += f" {lowest:.3f} of pgbench ({'reaches' if lowest >= AIM else 'MISSES'} {AIM})"
        lines.append(line.rstrip(";:"))
    return "\n".join(lines)


def disturbed(figures: Iterable[Figure]) -> str:
    """Return a warning where other programs had a share in the processors, or nothing."""
    shares = [usage["others"] for figure in figures for usage in (figure.usage, figure.alone_usage) if usage]
    if not shares or max(shares) < QUIET:
        return ""
    return (
        f"Other programs used up to {max(shares):.2f} processors meanwhile: these figures are too low, and their "
        "ratios only rough. Run it again on an idle machine."
    )


def _ratio(figure: Figure) -> float:
    assert figure.alone
    return figure.load.per_second / figure.alone.per_second if figure.alone.per_second else 0.0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or "unnamed"
