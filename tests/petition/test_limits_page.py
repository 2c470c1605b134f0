"""docs/limits.md tells the numbers that the code has."""

import re
from pathlib import Path

from django.conf import settings

from petition import limits

PAGE = (Path(settings.BASE_DIR) / "docs" / "limits.md").read_text(encoding="utf-8")
NOT_LIMITS = {"UTC"}


def constants() -> dict[str, object]:
    """Return the constants of petition/limits.py by name."""
    return {
        name: value for name, value in vars(limits).items() if re.fullmatch(r"[A-Z][A-Z0-9_]+", name)
    } | {}


def row_of(name: str) -> str:
    """Return the row of the page that names a constant."""
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{name}`" in line]
    assert len(rows) == 1, (
        f"docs/limits.md names {name} in {len(rows)} rows: each constant has one, with its reason"
    )
    return rows[0]


def told(value: object) -> str:
    """Return a value as the page writes it."""
    if hasattr(value, "total_seconds"):
        seconds = int(value.total_seconds())
        if seconds < 60:
            return f"{seconds} s"
        if seconds < 3600:
            return f"{seconds // 60} minutes"
        if seconds % 86_400 or seconds < 4 * 86_400:
            return f"{seconds // 3600} h"
        days = seconds // 86_400
        return f"{days // 365} years" if days % 365 == 0 else f"{days} days"
    return f"{value:,}"


def test_each_constant_stands_there_with_its_number_and_a_reason():
    for name, value in constants().items():
        if name in NOT_LIMITS:
            continue
        row = row_of(name)
        assert told(value) in row, f"{name} is {told(value)}: {row}"
        assert len(row.strip("| ").split("|")[-1].strip()) > 10, f"{name} has no reason: {row}"
