"""Running `make demo` as a person does, and looking at what is left of it. Standard library only."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 600  # seconds after which a set-up that neither ends nor answers counts as stuck


def copy_project(to: Path) -> Path:
    """The project as it is now, without what it has made: what a fresh clone would hold."""
    to.mkdir(parents=True)
    names = _names_in_git()
    if names is None:
        ignored = shutil.ignore_patterns("var", ".git", "__pycache__", "*.mo", "node_modules")
        shutil.copytree(ROOT, to, ignore=ignored, dirs_exist_ok=True)
        return to
    for name in names:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


def _names_in_git() -> list[str] | None:
    """What is committed or could be; None where this is no clone, or git isn't there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return [name for name in listed.stdout.decode().split("\0") if name]


def clean_environment(**ours: str) -> dict[str, str]:
    """Our environment without what an outer make or an outer run would hand on."""
    dropped = {
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
        "PORT",
        "RESET",
        "PYTHON",
        "ARGS",
        "PYTHONPATH",
        "VIRTUAL_ENV",
    }
    return {name: value for name, value in os.environ.items() if name not in dropped} | ours


def no_index(folder: Path) -> dict[str, str]:
    """An environment whose package index is a closed door, with nothing to take packages from instead."""
    names = [
        name for name in os.environ if name.upper().startswith("PIP_") or name.lower().endswith("_proxy")
    ]
    environment = {name: value for name, value in clean_environment().items() if name not in names}
    return environment | {
        "PIP_INDEX_URL": f"http://127.0.0.1:{free_port()}/simple/",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_CACHE_DIR": str(folder),
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def make(
    folder: Path, *words: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run make to its end."""
    return subprocess.run(
        ["make", *words],
        cwd=folder,
        env=dict(environment or clean_environment()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def own_lines(stderr: str) -> list[str]:
    """What we said on stderr; make itself adds that the target failed."""
    return [line for line in stderr.splitlines() if line.strip() and not line.startswith("make: ***")]


class Demo:
    """A running `make demo`, in a process group of its own as a terminal would start it."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None, *words: str) -> None:
        self.port = free_port()
        self.started = time.monotonic()
        self.out = folder.with_name(folder.name + ".out")
        with self.out.open("w") as out:
            self.make = subprocess.Popen(
                ["make", "demo", f"PORT={self.port}", *words],
                cwd=folder,
                env=dict(environment or clean_environment()),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_it_answers(self) -> float:
        """The seconds from the command to the first page."""
        while self.make.poll() is None and time.monotonic() - self.started < PATIENCE:
            if self.status_of("/") == 200:
                return time.monotonic() - self.started
            time.sleep(0.2)
        raise AssertionError(f"make demo did not come up:\n{self.out.read_text()}")

    def status_of(self, path: str) -> int | None:
        """The status of an answer, or None when there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def processes(self) -> list[int]:
        """All that lives of what the command started."""
        return [pid for pid in all_processes() if _session_of(pid) == self.make.pid]

    def stop(self, how: signal.Signals = signal.SIGTERM, *, whole_group: bool = False) -> int:
        """Tell make alone (SIGTERM), or all as Ctrl-C does; return its status once it has ended."""
        if whole_group:
            os.killpg(self.make.pid, how)
        else:
            self.make.send_signal(how)
        return self.make.wait(timeout=60)

    def wait_until_all_are_gone(self, seconds: float = 30) -> None:
        """Raise when something is left running."""
        end = time.monotonic() + seconds
        while left := self.processes():
            if time.monotonic() > end:
                raise AssertionError(f"still running: {left}")
            time.sleep(0.1)


def all_processes() -> list[int]:
    """Every process of the system (Linux)."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped doesn't."""
    return _stat(pid)[:1] not in ([], ["Z"])


def _session_of(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[3]) if fields and fields[0] != "Z" else None


def _stat(pid: int) -> list[str]:
    try:
        # The name in brackets may hold anything, also brackets and spaces.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def older_python(folder: Path) -> str:
    """A real Python that is too old where there is one, else a stand-in that says it is 3.9."""
    places = [Path(place) for place in os.environ.get("PATH", "").split(":")]
    places += sorted((Path.home() / ".pyenv" / "versions").glob("3.*/bin"))
    for place in places:
        for minor in (10, 9, 8, 7):
            program = place / f"python3.{minor}"
            if os.access(program, os.X_OK) and _says_it_is_old(program):
                return str(program)
    stand_in = folder / "python3.9"
    stand_in.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    stand_in.chmod(0o755)
    return str(stand_in)


def _says_it_is_old(program: Path) -> bool:
    words = [str(program), "-c", "import sys; sys.exit(sys.version_info >= (3, 11))"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def mount_command() -> list[str]:
    """What gives a program its own view of mounts, so that it may mount a small disk; empty where we may not."""
    for command in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        probe = [*command, "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
        with contextlib.suppress(OSError):
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                return command
    return []


def python() -> str:
    """The interpreter that runs us, outside any virtual environment."""
    return getattr(sys, "_base_executable", sys.executable)
