"""The virtual environment at var/venv, with exactly the locked packages; made anew where anything is in doubt."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.stamps import alone, fingerprint, is_fresh, mark
from deploy.steps import ROOT, VAR, Fault, need_room, run

VENV = VAR / "venv"
PYTHON = VENV / "bin" / "python"
RUNTIME_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "tests" / "requirements.txt"

# Measured: 270 MB installed for the site, 590 MB with the tools; the rest is for unpacking and for the site's files.
ROOM_FOR_SITE = 450
ROOM_FOR_TESTS = 900
ROOM_TO_WORK = 50


def ready(*, tests: bool = False) -> Path:
    """The environment's Python, after installing what is missing. Raises Fault in one line."""
    with alone("setup"):
        if not _is_whole():
            need_room(ROOM_FOR_TESTS if tests else ROOM_FOR_SITE)
            _make()
        if tests and not is_fresh(VENV / ".tests", _key(TEST_LOCK)):
            need_room(ROOM_FOR_TESTS - ROOM_FOR_SITE)
            _install("Installing the tools for tests", TEST_LOCK, ".tests")
        need_room(ROOM_TO_WORK)
    return PYTHON


def _is_whole() -> bool:
    # .busy outlives an interrupted installation, whose packages can't be trusted.
    if (VENV / ".busy").exists() or not is_fresh(VENV / ".runtime", _key(RUNTIME_LOCK)):
        return False
    try:
        return subprocess.run([PYTHON, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make() -> None:
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Fault(
            "This Python can't make a virtual environment: install its venv part "
            "(Debian and Ubuntu: apt-get install python3-venv), then run the same command again."
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        # From the interpreter below, so that an activated var/venv can rebuild itself.
        base = getattr(sys, "_base_executable", sys.executable)
        run("Making a virtual environment in var/venv", [base, "-m", "venv", VENV])
        _install("Installing the locked packages", RUNTIME_LOCK, ".runtime")
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def _install(what: str, lock: Path, stamp: str) -> None:
    (VENV / ".busy").touch()
    # Wheels only: a package without one would ask for a compiler. Two retries: an absent index is told within seconds.
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "--no-input", "--retries", "2"]
    run(what, [PYTHON, "-m", "pip", "install", *options, "--disable-pip-version-check", "-r", lock])
    mark(VENV / stamp, _key(lock))
    (VENV / ".busy").unlink()


def _key(lock: Path) -> str:
    return fingerprint([lock], f"{sys.version_info.major}.{sys.version_info.minor}", str(VENV))
