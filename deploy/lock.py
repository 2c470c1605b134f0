"""`make lock`: lock what the two requirements.in name, with hashes, for every system and Python from 3.11."""

from deploy import packages
from deploy.steps import ROOT, run, run_main

PAIRS = (
    ("requirements.in", "requirements.txt"),
    ("tests/requirements.in", "tests/requirements.txt"),
)


def main() -> int:
    """Rewrite both locks; versions that still satisfy the .in files stay."""
    python = packages.ready(tests=True)
    options = ["--quiet", "--generate-hashes", "--universal", "--python-version", "3.11", "--no-header"]
    for source, lock in PAIRS:
        run(
            f"Locking {source} in {lock}",
            [python, "-m", "uv", "pip", "compile", *options, "--output-file", lock, source],
        )
    print(f"Done; read the difference with git diff in {ROOT}, then run make test.")
    return 0


if __name__ == "__main__":
    run_main(main)
