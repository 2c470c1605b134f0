"""`make screens`: set up, take the pictures, end all."""

import tempfile
from pathlib import Path

from deploy import packages
from deploy.environment import sqlite_url, without_ours
from deploy.steps import call, run, run_main
from tests.system_packages import chromium, need


def main() -> int:
    """Fails when a page can't be shown."""
    need("python3-venv", "chromium", "fonts-dejavu-core")
    packages.ready(tests=True)
    with tempfile.TemporaryDirectory(prefix="petition-screens-") as scratch:
        environment = {
            **without_ours(),
            "DATABASE_URL": sqlite_url(Path(scratch) / "unused.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CHROMIUM": chromium() or "",
            "TMPDIR": scratch,
        }
        run("Compiling the translations", [packages.PYTHON, "manage.py", "compile_catalogues"], environment)
        return call([str(packages.PYTHON), "-m", "tests.screens.take"], env=environment)


if __name__ == "__main__":
    run_main(main)
