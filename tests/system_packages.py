"""What the tests need from the system: found, or installed where we may, or named. Standard library only."""

import contextlib
import ctypes
import glob
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.steps import Fault, run

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", str(Path.home() / ".fonts"))


class Missing(Fault):
    """System packages are missing and we may not install them."""

    status = 2


def postgresql_programs() -> Path | None:
    """The folder with initdb and pg_ctl; the newest where there are several."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    found.sort(key=lambda path: int(re.findall(r"/(\d+)/bin", path)[0]))
    if found:
        return Path(found[-1]).parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def chromium() -> str | None:
    """The browser's program."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def _has_fonts() -> bool:
    return any(
        name.endswith((".ttf", ".otf", ".ttc"))
        for folder in FONT_FOLDERS
        for _, _, names in os.walk(folder)
        for name in names
    )


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return sys.platform != "linux"
    return True


# Debian's name of the package -> whether what we need of it is there.
THERE: dict[str, Callable[[], bool]] = {
    "postgresql": lambda: postgresql_programs() is not None,
    "chromium": lambda: chromium() is not None,
    "fonts-dejavu-core": _has_fonts,
    # For the program by which Playwright drives the browser.
    "libatomic1": lambda: _has_library("libatomic.so.1"),
    "libpango-1.0-0": lambda: _has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": lambda: _has_library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": lambda: _has_library("libharfbuzz-subset.so.0"),
    "gettext": lambda: bool(shutil.which("xgettext") and shutil.which("msgmerge")),
    "npm": lambda: bool(shutil.which("npm") and shutil.which("node")),
    "default-jre-headless": lambda: shutil.which("java") is not None,  # for the validator of HTML
    "wrk": lambda: shutil.which("wrk") is not None,
    "python3-venv": lambda: importlib.util.find_spec("ensurepip") is not None,
}


def need(*packages: str) -> None:
    """See that these are there; as root on Debian or Ubuntu install them, elsewhere raise Missing with their names."""
    missing = _missing(packages)
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or not _is_debian():
        raise Missing(
            f"Missing on this system: {names} (names of Debian's packages): install them, then run this again."
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(Fault):  # a source of the machine's own may be down; Debian's decide below
        run("Reading the system's list of packages", ["apt-get", "update", "-q"], environment)
    run(
        f"Installing {names}",
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing],
        environment,
    )
    importlib.invalidate_caches()
    if still := _missing(missing):
        raise Missing(
            f"Installed, but not found: {' '.join(still)}: install what brings them, then run this again."
        )


def _missing(packages: tuple[str, ...] | list[str]) -> list[str]:
    return [name for name in packages if not THERE[name]()]


def _is_debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None
