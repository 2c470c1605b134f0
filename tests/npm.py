"""npm's tools at var/npm, exactly the locked ones: tests/package.json says what for. Standard library only."""

import shutil
from pathlib import Path

from deploy.stamps import alone, fingerprint, is_fresh, mark
from deploy.steps import ROOT, VAR, Fault, need_room, run

SOURCES = [ROOT / "tests" / name for name in ("package.json", "package-lock.json", ".npmrc")]
FOLDER = VAR / "npm"
MODULES = FOLDER / "node_modules"
# Measured: 31 MB for the validator, 200 MB with Lighthouse.
ROOM = 80
ROOM_WITH_LIGHTHOUSE = 400


def ready(*, lighthouse: bool = False) -> Path:
    """Return the folder with the packages, after installing what is missing. Raises Fault in one line.

    Without Lighthouse that is two packages, the validator and a reader of scripts. No script of a package is run.
    """
    with alone("npm"):
        key = fingerprint(SOURCES)
        whole = is_fresh(FOLDER / ".whole", key)
        if whole or (not lighthouse and is_fresh(FOLDER / ".validator", key)):
            return MODULES
        need_room(ROOM_WITH_LIGHTHOUSE if lighthouse else ROOM)
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        # Copied, so that nothing is installed among the sources.
        for source in SOURCES:
            shutil.copy(source, FOLDER)
        choice = [] if lighthouse else ["--omit=dev"]
        what = "Lighthouse and the validator of HTML" if lighthouse else "the validator of HTML"
        _install(f"Installing {what}", ["npm", "ci", "--prefix", FOLDER.resolve(), *choice])
        mark(FOLDER / (".whole" if lighthouse else ".validator"), key)
    return MODULES


def _install(what: str, command: list[str | Path]) -> None:
    try:
        run(what, command)
    except Fault as fault:
        if "disk is full" in str(fault):
            raise
        raise Fault(
            f"{what}: npm could not (check the network, or npm's registry and proxy), "
            "then run the same command again; details in var/log/setup.log."
        ) from fault


def validator() -> Path:
    """Return the jar of the Nu HTML checker, installed before."""
    return MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
