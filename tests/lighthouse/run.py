"""Set up, measure, end all. ARGS hands options on: make lighthouse ARGS="--runs 1"."""

import os
import shlex

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import call, run_main
from tests import npm
from tests.cluster import postgresql
from tests.system_packages import chromium, need


def main() -> int:
    """Fails when a page stays below its targets."""
    need("python3-venv", "postgresql", "chromium", "fonts-dejavu-core", "npm")
    packages.ready(tests=True)
    npm.ready(lighthouse=True)
    with postgresql() as url:
        command = [str(packages.PYTHON), "-m", "tests.lighthouse.measure"]
        command += shlex.split(os.environ.get("ARGS", ""))
        environment = {**without_ours(), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        return call(command, env={**environment, "CHROME_PATH": chromium() or "", "PYTHONUNBUFFERED": "1"})


if __name__ == "__main__":
    run_main(main)
