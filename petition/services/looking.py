"""Whether a signature is looked at before it counts: what its reasons weigh once the mailbox has confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from petition.enums import Reason

# The mailbox's owner can clear none of these: one is enough.
STAYING = frozenset({Reason.TRAP, Reason.PROOF, Reason.MATCHED})
# What happens to honest people, too, alone: a form filled in by the browser, a school or an office at noon.
CLEARED_BY_THE_MAILBOX = frozenset({Reason.TOO_FAST, Reason.BUSY_NETWORK})
SIGNS = STAYING | CLEARED_BY_THE_MAILBOX
SIGNS_ENOUGH = 2


@dataclass(frozen=True)
class Weighed:
    """The reasons of one signature: those that hold it, and those that are a note for staff and nothing more."""

    holding: list[Reason]
    notes: list[Reason]


def weigh(reasons: Iterable[str]) -> Weighed:
    """Tell what holds a signature whose mailbox has confirmed from what is only noted.

    One reason that stays holds it, and so do two that count as a sign of abuse; then every sign is named. A reason
    that this version doesn't know weighs nothing. In the order of the list of reasons, each once.
    """
    found = set(reasons)
    known = [reason for reason in Reason if reason in found]
    signs = [reason for reason in known if reason in SIGNS]
    held = len(signs) >= SIGNS_ENOUGH or not STAYING.isdisjoint(signs)
    holding = signs if held else []
    return Weighed(holding, [reason for reason in known if reason not in holding])


def must_be_looked_at(reasons: Iterable[str]) -> bool:
    """Whether a signature with these reasons is held when its mailbox confirms."""
    return bool(weigh(reasons).holding)
