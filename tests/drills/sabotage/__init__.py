"""Whether the tests can fail: one line of the product at a time is made wrong, and the tests named for it must see it.

    python -m tests.drills.sabotage                 all of them; writes docs/drills/sabotage.md
    python -m tests.drills.sabotage --only confirm  those whose file, test or reason holds this word
    python -m tests.drills.sabotage --list          only say what would be done

The tree is copied first, so what lies here is never touched. Standard library only; pytest runs in var/venv.
"""

from collections.abc import Sequence


def main(words: Sequence[str] = ()) -> int:
    """Do what the words ask for; 1 when a sabotage went unseen or a test fails without any."""
    from tests.drills.sabotage.run import run

    return run(words)
