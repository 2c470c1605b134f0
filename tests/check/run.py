"""`make check`: all that can be said of the code without running the product. Every fault at once, not the first."""

import concurrent.futures
import subprocess
import tempfile
import time

from deploy import packages
from deploy.environment import without_ours
from deploy.steps import ROOT, run_main, say
from tests.system_packages import need

AT_A_TIME = 2  # the machine that this is meant for has two cores
CODE = ["campaign", "home", "petition", "deploy", "tests", "manage.py"]
# The slow ones first.
CHECKS: dict[str, list[str]] = {
    "types": ["-m", "mypy"],
    "translations": ["-m", "tests.check.translations"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "templates": ["-m", "djlint", "--lint", "--quiet", "templates"],
    "Django's checks": ["manage.py", "check", "--fail-level", "WARNING"],
    "lint": ["-m", "ruff", "check", "--quiet", "--output-format=concise", *CODE],
    "formatting": ["-m", "ruff", "format", "--check", "--output-format=concise", *CODE],
}


def main() -> int:
    """Run all; one line each, the words of those that fail below."""
    need("python3-venv", "gettext")
    packages.ready(tests=True)
    with tempfile.TemporaryDirectory(prefix="petition-check-") as scratch:
        return _run_all({**without_ours(), "DJANGO_SETTINGS_MODULE": "tests.settings", "TMPDIR": scratch})


def _run_all(environment: dict[str, str]) -> int:
    started = time.monotonic()
    failed = []
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        running = {pool.submit(_check, arguments, environment): name for name, arguments in CHECKS.items()}
        for done in concurrent.futures.as_completed(running):
            name, (status, words) = running[done], done.result()
            say(f"{'ok    ' if status == 0 else 'FAILED'}  {name}")
            if status:
                failed.append(name)
                say("\n".join(f"        {line}" for line in words.splitlines()))
    seconds = time.monotonic() - started
    say(
        f"{len(failed)} of {len(CHECKS)} checks failed ({', '.join(failed) or 'all is well'}), {seconds:.0f} s"
    )
    return 1 if failed else 0


def _check(arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
    outcome = subprocess.run(
        [packages.PYTHON, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return outcome.returncode, outcome.stdout


if __name__ == "__main__":
    run_main(main)
