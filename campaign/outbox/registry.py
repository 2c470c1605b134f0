"""Which function does which kind of task, and what the worker does by the clock.

Each app registers its own in `ready()`; the letter-box knows none of them by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from .models import OutboxTask
from .retry import THREE_DAYS, RetryTimetable

Finish = Callable[[], object]
HandlerFunction = Callable[[OutboxTask], Finish | None]
ScheduleFunction = Callable[..., str | None]

_H = TypeVar("_H", bound=HandlerFunction)
_S = TypeVar("_S", bound=ScheduleFunction)


# No run by the clock takes longer, unless it says so itself.
LONGEST_RUN = timedelta(hours=1)


@dataclass(frozen=True)
class Handler:
    """How one kind of task is done. `label` is what staff read (translatable)."""

    kind: str
    function: HandlerFunction
    retry: RetryTimetable
    is_mail: bool
    label: object


@dataclass(frozen=True)
class Schedule:
    """What the worker runs by the clock, how often, and how long at most: after that it was a killed worker's run.

    One that `deletes` what people left here takes `dry_run=True` too: it then changes nothing and tells what it would
    delete. Staff are told when it hasn't run for a day.
    """

    name: str
    function: ScheduleFunction
    every: timedelta
    longest: timedelta = LONGEST_RUN
    deletes: bool = False


handlers: dict[str, Handler] = {}
schedules: dict[str, Schedule] = {}


def handler(
    kind: str, *, retry: RetryTimetable = THREE_DAYS, is_mail: bool = False, label: object = ""
) -> Callable[[_H], _H]:
    """Registers the decorated function for tasks of this kind.

    It is called outside any transaction, at least once, perhaps more. It may return a function that is run
    in the transaction in which the task is settled. It may raise `Permanent` or `Later`; any other error is
    tried again by the timetable.
    """

    def register(function: _H) -> _H:
        known = handlers.get(kind)
        if known is not None and known.function is not function:
            raise ImproperlyConfigured(f"Two handlers for tasks of the kind {kind!r}.")
        handlers[kind] = Handler(kind, function, retry, is_mail, label or kind)
        return function

    return register


def schedule(
    name: str, *, every: timedelta, longest: timedelta = LONGEST_RUN, deletes: bool = False
) -> Callable[[_S], _S]:
    """Has the worker run the decorated function every so often; what it returns is kept as its report.

    A run that hasn't ended within `longest` belongs to a worker that was killed, and is begun anew.
    """

    def register(function: _S) -> _S:
        known = schedules.get(name)
        if known is not None and known.function is not function:
            raise ImproperlyConfigured(f"Two schedules with the name {name!r}.")
        schedules[name] = Schedule(name, function, every, longest, deletes)
        return function

    return register


def deletions() -> list[Schedule]:
    """What deletes data by the clock."""
    return [known for known in schedules.values() if known.deletes]


def mail_kinds() -> list[str]:
    """The kinds of task that send an e-mail."""
    return [kind for kind, known in handlers.items() if known.is_mail]


def label(kind: str) -> str:
    """What staff read for a kind of task, in the language of the moment."""
    known = handlers.get(kind)
    return str(known.label) if known else kind
