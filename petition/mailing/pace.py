"""How long to leave a list alone that is busy or away, so that a crowd of tasks doesn't besiege it.

Kept per process: a second worker learns it by its own first failure.
"""

from datetime import datetime, timedelta

from petition.enums import Refusal

FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=30)
FAILURES_IN_A_ROW = 3  # one may be about one person; three are about the list


class Pace:
    """What one process has seen of one list."""

    def __init__(self) -> None:
        self.failures = 0
        self.rest = FIRST_REST
        self.until: datetime | None = None

    def failed(self, refusal: Refusal, now: datetime) -> None:
        """Note a failure that will pass; after a few in a row, or when asked for patience, begin a rest."""
        self.failures += 1
        if refusal == Refusal.BUSY or self.failures >= FAILURES_IN_A_ROW:
            self.until = now + self.rest
            self.rest = min(self.rest * 2, LONGEST_REST)

    def rests_until(self, now: datetime) -> datetime | None:
        """Return the end of the rest, if there is one now."""
        return self.until if self.until and self.until > now else None


paces: dict[str, Pace] = {}


def of(alias: str) -> Pace:
    """Return what this process has seen of one list."""
    return paces.setdefault(alias, Pace())


def answered(alias: str) -> None:
    """Note that a list works: what was seen of it before is over."""
    paces.pop(alias, None)
