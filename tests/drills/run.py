"""`make drill`: what needs size or minutes, one drill after the other; results go to docs/drills/."""

import importlib
import pkgutil

import tests.drills
from deploy.steps import run_main, say

# Helpers of the drills, and the small versions that `make test` runs.
NOT_DRILLS = {"run", "processes"}


def main() -> int:
    """Run each module of this folder that has a main()."""
    for module in pkgutil.iter_modules(tests.drills.__path__):
        if module.name in NOT_DRILLS or module.name.startswith("test_"):
            continue
        say(f"== {module.name}")
        importlib.import_module(f"tests.drills.{module.name}").main()
    return 0


if __name__ == "__main__":
    run_main(main)
