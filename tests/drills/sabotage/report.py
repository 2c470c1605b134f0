"""What was seen, for the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from deploy.steps import ROOT
from tests.drills.sabotage.entry import Sabotage

REPORT = ROOT / "docs" / "drills" / "sabotage.md"
INTRODUCTION = """# Each test can fail

One line of the product at a time was made wrong in a copy of the tree, and only the tests named for it were run.
Red means that the test failed; beside it stands the line of the test that saw the fault. Without any sabotage all of
them pass. Made by `python -m tests.drills.sabotage`; the table is kept in `tests/drills/sabotage/table/`.
"""


@dataclass(frozen=True)
class Result:
    """What one test did under one sabotage: `seen` is the line that saw it, None when the test stayed green."""

    entry: Sabotage
    test: str
    seen: str | None
    fails_untouched: bool = False

    @property
    def is_red(self) -> bool:
        """Whether the test saw the fault, and passes without it."""
        return self.seen is not None and not self.fails_untouched

    def in_words(self) -> str:
        """Return the result in one line."""
        if self.fails_untouched:
            return f"WORTHLESS (fails untouched) {self.test}"
        return f"red   {self.test}  at  {self.seen}" if self.is_red else f"GREEN {self.test}"


def summary(results: list[Result]) -> str:
    """Return the closing lines: what went unseen, then the numbers."""
    unseen = [
        f"not seen: {result.test}\n    {result.entry.in_words()}" for result in results if not result.is_red
    ]
    seen = sum(result.is_red for result in results)
    return "\n".join([*unseen, f"{seen} passed, {len(results) - seen} failed"])


def write_report(results: list[Result]) -> None:
    """Write the table, test by test."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")


def _lines(results: list[Result]) -> Iterable[str]:
    yield INTRODUCTION
    seen = sum(result.is_red for result in results)
    sabotages = len({id(result.entry) for result in results})
    yield f"{sabotages} sabotages, {len(results)} pairs of sabotage and test: {seen} red, {len(results) - seen} not."
    for file, of_file in groupby(sorted(results, key=lambda result: result.test), key=_file):
        yield f"\n## {file}\n"
        yield "| test | sabotage | red |"
        yield "| --- | --- | --- |"
        for result in of_file:
            entry = result.entry
            what = f"{_code(entry.new)} as a new file" if entry.old is None else _change(entry)
            red = f"yes: {_code(result.seen)}" if result.is_red and result.seen else "**no**"
            name = result.test.partition("::")[2]
            yield f"| {_code(name)} | {entry.why}<br>{_code(entry.file)}: {what} | {red} |"


def _file(result: Result) -> str:
    return result.test.partition("::")[0]


def _change(entry: Sabotage) -> str:
    assert entry.old is not None
    return f"{_code(entry.old)} → {_code(entry.new) if entry.new.strip() else 'nothing'}"


def _code(text: str) -> str:
    """Return a text as code inside a cell of a table."""
    text = text.strip().replace("|", "\\|")
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"
