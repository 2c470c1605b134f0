"""Who used the processors: the site, PostgreSQL, the load, others; read from /proc, so on Linux alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


class Usage(dict[str, float]):
    """Processors used on average during a measurement, by whom; empty where it can't be read."""

    def in_words(self) -> str:
        """Return it in one line, the largest first."""
        if not self:
            return "not measured here"
        parts = sorted(self.items(), key=lambda item: -item[1])
        return ", ".join(f"{name} {processors:.2f}" for name, processors in parts)


@contextmanager
def watched(site: int | None, postmaster: int) -> Iterator[Usage]:
    """Measure within the block. `site` and `postmaster` are process ids; their children count with them."""
    usage = Usage()
    before = _read(site, postmaster)
    yield usage
    after = _read(site, postmaster)
    if not before or not after:
        return
    seconds = after["all"] - before["all"]
    processors = os.cpu_count() or 1
    for name in ("site", "PostgreSQL", "load", "idle"):
        usage[name] = (after[name] - before[name]) / seconds * processors if seconds else 0.0
    usage["others"] = max(0.0, processors - sum(usage.values()))


def _read(site: int | None, postmaster: int) -> dict[str, float]:
    """Return seconds of processor time so far; `all` is what all processors together had to give."""
    try:
        machine = [int(word) for word in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
        own = os.times()
        return {
            "site": _of_family(site) if site else 0.0,
            "PostgreSQL": _of_family(postmaster),
            "load": own.children_user + own.children_system,  # of those that have ended: wrk or pgbench
            "idle": (machine[3] + machine[4]) / TICKS,
            "all": sum(machine) / TICKS,
        }
    except OSError:
        return {}


def _of_family(parent: int) -> float:
    """Return the time of a process, of its children, and of those of them that have ended."""
    user, system, ended_user, ended_system = _times(parent)
    total = user + system + ended_user + ended_system
    for child in _children(parent):
        try:
            total += sum(_times(child)[:2])
        except OSError:  # has just ended
            continue
    return total / TICKS


def _times(pid: int) -> list[int]:
    after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return [int(word) for word in after_name[11:15]]


def _children(pid: int) -> list[int]:
    found = (PROC / str(pid) / "task").glob("*/children")
    return [int(word) for path in found for word in path.read_text().split()]
