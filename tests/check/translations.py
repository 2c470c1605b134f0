"""No string of ours without French: every msgid that the code and the templates hold is in a catalogue, translated.

Run inside the virtual environment, from the project's folder: `python -m tests.check.translations`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("campaign", "home", "petition")
SOURCES = (*APPS, "templates")
CATALOGUE = Path("locale") / "fr" / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Print each fault on a line of its own; the status says whether there was one."""
    with tempfile.TemporaryDirectory(prefix="petition-strings-") as folder:
        extracted = extract(Path(folder))
        faults = [
            fault for app in APPS for fault in compare(app, extracted[app], _read(ROOT / app / CATALOGUE))
        ]
    for fault in faults:
        print(fault)
    if faults:
        print(
            f"{len(faults)} to put right: `make messages` brings in what is missing and drops what is left over."
        )
    return 1 if faults else 0


def extract(folder: Path) -> dict[str, Catalog]:
    """The strings that each app's catalogue must hold, by the same command that writes the catalogues."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.po", "*.mo")
            )
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "settings.py", folder / "tests")
    shutil.copy(ROOT / "manage.py", folder)
    for app in APPS:
        (folder / app / "locale").mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "--locale=fr",
        "--keep-pot",
        "--add-location=file",
    ]
    # The copy's settings, so that its own folders are the ones that are read and written.
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(folder)}
    outcome = subprocess.run(
        [*command, "--ignore=tests/*"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if outcome.returncode:
        sys.exit(f"makemessages failed: {outcome.stderr.strip()[-500:]}")
    return {app: _read(folder / app / "locale" / "django.pot") for app in APPS}


def compare(app: str, wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    """One line per string that is missing, empty, fuzzy, broken or left over."""
    ours = {_key(message): message for message in catalogue if message.id}
    for message in wanted:
        if not message.id:
            continue
        found = ours.pop(_key(message), None)
        where = message.locations[0][0] if message.locations else app
        if found is None:
            yield f"{app}: missing: {_short(message)} ({where})"
        elif found.fuzzy:
            yield f"{app}: fuzzy: {_short(message)} ({where})"
        elif not _is_filled(found):
            yield f"{app}: empty: {_short(message)} ({where})"
        else:
            for error in found.check(catalogue):
                yield f"{app}: broken: {_short(message)}: {error}"
    for message in [*ours.values(), *catalogue.obsolete.values()]:
        yield f"{app}: left over: {_short(message)}"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="fr")
    # In a template xgettext leaves a gap where the language's rule of plurals goes, and Babel can't read it.
    text = path.read_bytes().replace(b"nplurals=INTEGER; plural=EXPRESSION", b"nplurals=2; plural=(n > 1)")
    return read_po(BytesIO(text), locale="fr")


def _key(message: Message) -> tuple[object, str | None]:
    return (message.id if isinstance(message.id, str) else tuple(message.id), message.context)


def _is_filled(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(strings) and all(string.strip() for string in strings)


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return repr(text if len(text) <= 80 else text[:77] + "…")


if __name__ == "__main__":
    sys.exit(main())
