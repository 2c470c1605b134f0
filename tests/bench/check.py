"""Whether a figure may be believed: every answer that was counted has its rows, and nothing went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.load import Load

# What one success adds, by what is counted in the database; all else must stay as it was.
ADDED: dict[str, dict[str, int]] = {
    "petition_page": {},
    "count_json": {},
    "sign": {"pending": 1, "signature_mail tasks": 1, "counters of networks": 1, "answers used": 1},
    "confirm": {
        "pending": -1,
        "signatures": 1,
        "consents": 1,
        "events": 1,
        "total": 1,
        "thank_you_mail tasks": 1,
    },
}
COUNTS = {
    "pending": "SELECT count(*) FROM petition_pendingsignature",
    "signatures": "SELECT count(*) FROM petition_signature WHERE state = 'confirmed' AND NOT trial",
    "consents": "SELECT count(*) FROM petition_consent",
    "events": "SELECT COALESCE(sum(delta), 0)::bigint FROM petition_signatureevent",
    "total": "SELECT COALESCE(sum(value), 0)::bigint FROM petition_total",
    "signature_mail tasks": "SELECT count(*) FROM outbox_outboxtask WHERE kind = 'signature_mail'",
    "thank_you_mail tasks": "SELECT count(*) FROM outbox_outboxtask WHERE kind = 'thank_you_mail'",
    "all tasks": "SELECT count(*) FROM outbox_outboxtask",
    "counters of networks": "SELECT count(*) FROM petition_tokenbucket",
    "answers used": "SELECT count(*) FROM petition_usedproof",
    "contacts": "SELECT count(*) FROM petition_contact",
}
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Tables:
    """How many rows there were before and after."""

    before: Counts
    after: Counts


def faults_of_load(load: Load) -> list[str]:
    """Return what went wrong on the way, in words."""
    faults = [f"{number} {name} errors" for name, number in load.socket_errors().items() if number]
    if load.sent != load.answered:
        faults.append(f"{load.sent - load.answered} of {load.sent} requests were never answered")
    if load.answered != load.good:
        faults.append(f"{load.answered - load.good} of {load.answered} answers were not the expected one")
    if load.ran_out:
        faults.append(
            "what was made beforehand ran out: make more (AT_MOST_PER_SECOND in tests/bench/pools.py)"
        )
    if not load.good:
        faults.append("nothing was answered")
    return faults


def faults_of_rows(scenario: str, successes: int, tables: Tables) -> list[str]:
    """Return where new rows and successes differ, in words."""
    added = dict(ADDED[scenario])
    added["all tasks"] = added.get("signature_mail tasks", 0) + added.get("thank_you_mail tasks", 0)
    faults = []
    for name in COUNTS:
        expected = tables.before[name] + added.get(name, 0) * successes
        if tables.after[name] != expected:
            faults.append(
                f"{name}: {tables.before[name]} before, {tables.after[name]} after {successes} successes, "
                f"expected {expected}"
            )
    return faults
