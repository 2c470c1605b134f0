"""Wait for something that another process does, with an end."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PATIENCE = (
    120  # seconds after which what hasn't happened is taken not to happen; never reached when all is well
)
PAUSE = 0.05


def eventually(look: Callable[[], Found], what: str, patience: float = PATIENCE) -> Found:
    """Look again and again until there is something; return it. Fail in words when it never comes."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"In {patience:g} seconds this did not happen: {what}")
        time.sleep(PAUSE)
