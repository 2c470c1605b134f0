"""`make drill`: what needs size or minutes, one drill after the other; results go to docs/drills/.

ARGS names some of them: make drill ARGS="setup_faults kill_worker".
"""

import importlib
import os
import pkgutil

import tests.drills
from deploy.steps import Fault, run_main, say

# Helpers of the drills, and the small versions that `make test` runs.
NOT_DRILLS = {"run", "processes", "random_acts"}


def main() -> int:
    """Run each module of this folder that has a main(); fail when one of them does."""
    names = [module.name for module in pkgutil.iter_modules(tests.drills.__path__)]
    drills = [name for name in names if name not in NOT_DRILLS and not name.startswith("test_")]
    chosen = os.environ.get("ARGS", "").split()
    if unknown := set(chosen) - set(drills):
        raise Fault(f"No such drill: {' '.join(sorted(unknown))}; there are {', '.join(drills)}.")
    status = 0
    for name in chosen or drills:
        say(f"== {name}")
        status = importlib.import_module(f"tests.drills.{name}").main() or status
    return status


if __name__ == "__main__":
    run_main(main)
