"""What each signature needs and seldom changes, looked up once per process and ten seconds.

What changes in this process is dropped at once, by the signals of the rows concerned; other processes see it within
ten seconds. So nothing that must hold to the second may rest on it: whether a petition takes a signature is asked of
the database by the statement that stores it (petition.sql.keep_pending).
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from petition.models import ConsentText, Petition, PetitionText, ServiceSettings

SECONDS = 10
Found = TypeVar("Found")

_known: dict[Hashable, tuple[float, Any]] = {}
_changes = 0  # what was asked for before a change is not remembered after it


def remembered(key: Hashable, ask: Callable[[], Found], *, keep: Callable[[Found], bool] = bool) -> Found:
    """Return what `ask` answered at most ten seconds ago, or answers now; only what is worth keeping is remembered.

    What is returned is shared by all threads of the process: nobody may change it.
    """
    known = _known.get(key)
    if known and time.monotonic() < known[0]:
        return cast(Found, known[1])
    before = _changes
    found = ask()
    if keep(found) and before == _changes:
        _known[key] = (time.monotonic() + SECONDS, found)
    return found


def last_known(key: Hashable) -> Any:
    """Return what was remembered last under a key, however long ago, without asking anybody; None where nothing was."""
    known = _known.get(key)
    return known[1] if known else None


def forget_all() -> None:
    """Look everything up again from now on, in this process."""
    global _changes
    _changes += 1
    _known.clear()


def _row_changed(**kwargs) -> None:
    forget_all()
    transaction.on_commit(forget_all)  # until then others still read the old row, and may have remembered it


for _model in (Petition, PetitionText, ConsentText, ServiceSettings):
    for _signal in (post_save, post_delete):
        _signal.connect(_row_changed, sender=_model, dispatch_uid=f"petition.lookups.{_model.__name__}")
