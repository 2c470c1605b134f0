"""When a task that failed is tried again."""

import random
from dataclasses import dataclass
from datetime import timedelta

# Tasks that failed together should not come back together.
JITTER = 0.2


@dataclass(frozen=True)
class RetryTimetable:
    """The waits between attempts; when they are used up, the task stays in sight of staff."""

    delays: tuple[timedelta, ...]

    @property
    def attempts(self) -> int:
        """How many times a task is tried in all."""
        return len(self.delays) + 1

    def wait_after(self, attempt: int) -> timedelta | None:
        """How long to wait after this attempt (the first is 1), or None when it was the last."""
        if attempt > len(self.delays):
            return None
        return self.delays[max(attempt, 1) - 1] * random.uniform(1, 1 + JITTER)


# Mail: a short fault is over in minutes, and after that asking more often only fills the mail server's log; a
# weekend's outage is survived, and a confirmation link (7 days) is still worth receiving.
THREE_DAYS = RetryTimetable(
    (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=3),
        timedelta(hours=6),
        timedelta(hours=12),
        timedelta(hours=24),
        timedelta(hours=24),
    )
)

# What a list must be told even if it is away for weeks: once a day, until whoever owes it sees that the month is over.
THIRTY_DAYS = RetryTimetable((*THREE_DAYS.delays[:7], *[timedelta(hours=24)] * 30))
