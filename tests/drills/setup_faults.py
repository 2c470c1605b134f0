"""Each fault of the set-up, really caused, in one folder, and that the next try works after all of them.

Runs `make demo` for each. The first four need neither network nor minutes and are run by `make test` too; the others
install the packages, some in vain. `make drill` runs all and writes docs/drills/setup-faults.md.
"""

import dataclasses
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.drills.processes import (
    ROOT,
    Demo,
    clean_environment,
    copy_project,
    free_port,
    make,
    mount_command,
    no_index,
    older_python,
    own_lines,
    python,
    taken_port,
)

REPORT = ROOT / "docs" / "drills" / "setup-faults.md"
TINY = "8m"  # less than one package
FILLED_LATER = "700m"  # enough to begin, then filled by the drill


@dataclasses.dataclass
class Outcome:
    """What a person saw."""

    fault: str
    caused_by: str
    status: int
    said: list[str]
    seconds: float

    def check(self) -> None:
        """One line, a status that says so, and no wall of words."""
        assert self.status != 0, self
        assert len(self.said) == 1, self
        assert "Traceback" not in self.said[0], self


def old_python(folder: Path) -> Outcome:
    """A Python from before 3.11."""
    program = older_python(folder.parent)
    return _try("Python too old", f"PYTHON={Path(program).name}", folder, f"PYTHON={program}")


def port_taken(folder: Path) -> Outcome:
    """Another program listens on the port."""
    with taken_port() as port:
        return _try("port taken", "another program listening on it", folder, f"PORT={port}")


def index_unreachable(folder: Path) -> Outcome:
    """The package index refuses every connection, and nothing is cached."""
    environment = no_index(folder.parent / "empty-cache")
    outcome = _try(
        "package index unreachable", "PIP_INDEX_URL at a closed port", folder, environment=environment
    )
    assert not (folder / "var" / "venv").exists(), "half an environment was left"
    return outcome


def disk_full(folder: Path) -> Outcome:
    """var/ is a disk of a few megabytes; where nothing may be mounted, no file may grow."""
    (folder / "var").mkdir(exist_ok=True)
    if command := mount_command():
        caused_by = f"var/ on a tmpfs of {TINY}"
        script = 'mount -t tmpfs -o size="$1" tmpfs var && exec make demo PORT="$2"'
        words = [*command, "sh", "-c", script, "sh", TINY, str(free_port())]
    else:
        caused_by = "ulimit -f 0 (no right to mount here)"
        words = ["sh", "-c", f"ulimit -f 0 && exec make demo PORT={free_port()}"]
    started = time.monotonic()
    run = subprocess.run(
        words, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=False
    )
    outcome = Outcome(
        "disk full", caused_by, run.returncode, own_lines(run.stderr), time.monotonic() - started
    )
    assert "disk is full" in run.stderr, outcome
    return outcome


def disk_full_midway(folder: Path) -> Outcome:
    """The disk fills up while packages are being installed; run inside a view of mounts of its own."""
    var = folder / "var"
    var.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={FILLED_LATER}", "tmpfs", var], check=True)
    demo = Demo(folder)
    packages = var / "venv" / "lib"
    while demo.make.poll() is None and not list(packages.glob("*/site-packages/django")):
        time.sleep(0.05)
    filler = var / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 2**20):
                pass
        except OSError:
            pass
    status = demo.make.wait()
    said = [line for line in own_lines(demo.out.read_text()) if not line.startswith("· ")]
    outcome = Outcome(
        "disk full while installing",
        f"var/ on a tmpfs of {FILLED_LATER}, filled once packages appear",
        status,
        said,
        time.monotonic() - demo.started,
    )
    assert not (var / "venv").exists(), "half an environment was left"
    filler.unlink()
    _works(folder)
    return outcome


def killed_midway(folder: Path) -> Outcome:
    """SIGKILL to everything while packages are being installed: nobody can tidy up, the next try must cope."""
    demo = Demo(folder)
    packages = folder / "var" / "venv" / "lib"
    while demo.make.poll() is None and not list(packages.glob("*/site-packages/django")):
        time.sleep(0.05)
    status = demo.stop(signal.SIGKILL, whole_group=True)
    demo.wait_until_all_are_gone()
    return Outcome(
        "killed while installing", "SIGKILL to all", status, ["(no word)"], time.monotonic() - demo.started
    )


def stopped_midway(folder: Path) -> Outcome:
    """Ctrl-C while the content is being written."""
    demo = Demo(folder)
    unfinished = folder / "var" / "demo-unfinished.sqlite3"
    while demo.make.poll() is None and not unfinished.exists():
        time.sleep(0.05)
    status = demo.stop(signal.SIGINT, whole_group=True)
    demo.wait_until_all_are_gone()
    assert not (folder / "var" / "demo.sqlite3").exists(), "half a database was left"
    return Outcome(
        "stopped while writing", "Ctrl-C to all", status, ["(no word)"], time.monotonic() - demo.started
    )


WITHOUT_NETWORK: tuple[Callable[[Path], Outcome], ...] = (
    old_python,
    port_taken,
    disk_full,
    index_unreachable,
)


def main() -> int:
    """Cause all, show that the next try works, write the report."""
    with tempfile.TemporaryDirectory(prefix="petition-drill-") as place:
        folder = copy_project(Path(place) / "clone")
        outcomes = []
        for cause in WITHOUT_NETWORK:
            outcome = cause(folder)
            outcome.check()
            outcomes.append(_say(outcome))
        outcomes.append(_say(killed_midway(folder)))
        outcomes.append(_say(stopped_midway(folder)))
        lasts = _works(folder)
        if command := mount_command():
            outcomes.append(_say(_inside(command, copy_project(Path(place) / "small-disk"))))
    _write(outcomes, lasts)
    return 0


def _inside(command: list[str], folder: Path) -> Outcome:
    words = [*command, python(), "-m", "tests.drills.setup_faults", "disk_full_midway", str(folder)]
    run = subprocess.run(
        words, cwd=ROOT, env=clean_environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    status, seconds, said = run.stdout.strip().split("\t", 2)
    caused_by = f"var/ on a tmpfs of {FILLED_LATER}, filled once packages appear"
    return Outcome("disk full while installing", caused_by, int(status), [said], float(seconds))


def _works(folder: Path) -> dict[str, float]:
    """The set-up comes up, twice, and each way to end it leaves nothing running."""
    lasts = {}
    first = Demo(folder)
    lasts["the next try, to the first page"] = first.wait_until_it_answers()
    assert first.status_of("/petition/") == 200
    first.stop(signal.SIGTERM)
    first.wait_until_all_are_gone()
    again = Demo(folder)
    lasts["run again, to the first page"] = again.wait_until_it_answers()
    assert again.stop(signal.SIGINT, whole_group=True) is not None
    again.wait_until_all_are_gone()
    return lasts


def _try(
    fault: str, caused_by: str, folder: Path, *words: str, environment: dict[str, str] | None = None
) -> Outcome:
    started = time.monotonic()
    run = make(folder, "demo", *words, environment=environment)
    return Outcome(fault, caused_by, run.returncode, own_lines(run.stderr), time.monotonic() - started)


def _say(outcome: Outcome) -> Outcome:
    print(
        f"{outcome.fault}: status {outcome.status}, {outcome.seconds:.0f} s: {' / '.join(outcome.said)}",
        flush=True,
    )
    return outcome


def _write(outcomes: list[Outcome], lasts: dict[str, float]) -> None:
    lines = [
        "# Faults of the set-up",
        "",
        "Written by `make drill` (tests/drills/setup_faults.py). All were caused one after the other in one folder.",
        "",
        "| fault | caused by | status of make | what it said | seconds |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in outcomes:
        said = " ".join(_without_folder(word) for word in " ".join(one.said).split())
        lines.append(f"| {one.fault} | {one.caused_by} | {one.status} | {said} | {one.seconds:.0f} |")
    lines += ["", "| afterwards, in the same folder | seconds |", "| --- | --- |"]
    lines += [f"| {what} | {seconds:.0f} |" for what, seconds in lasts.items()]
    lines += [
        "",
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; packages from pip's cache where it had them.",
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n")
    print(f"Written: {REPORT.relative_to(ROOT)}")


def _without_folder(word: str) -> str:
    """Folders of one machine say nothing to a reader."""
    for place in (tempfile.gettempdir(), str(Path.home())):
        if (start := word.find(place + "/")) >= 0:
            return word[:start] + "…" + word[word.rindex("/") :]
    return word


if __name__ == "__main__":
    if sys.argv[1:2] == ["disk_full_midway"]:
        midway = disk_full_midway(Path(sys.argv[2]))
        midway.check()
        print(midway.status, f"{midway.seconds:.1f}", midway.said[0], sep="\t")
        sys.exit(0)
    sys.exit(main())
