"""One entry of the table: a line made wrong, and the tests that must notice."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Database(Enum):
    """On which database the tests of an entry run."""

    SQLITE = "SQLite"
    POSTGRESQL = "PostgreSQL"


@dataclass(frozen=True)
class Sabotage:
    """Replaces `old` by `new` in `file`. Where `old` is None there is no such file, and one with this line is made.

    `tests` are pytest's node ids; one without brackets stands for all its parameters, of which one must fail.
    """

    file: str
    old: str | None
    new: str
    why: str
    tests: tuple[str, ...]
    times: int = 1
    database: Database = Database.SQLITE

    @property
    def changes_tables(self) -> bool:
        """Whether the tests need a database made anew from the sabotaged migrations."""
        return "/migrations/" in self.file

    def in_words(self) -> str:
        """Return the sabotage in one line."""
        if self.old is None:
            return f"{self.file}: a new file with the line {self.new}"
        return f"{self.file}: {self.old.strip()} → {self.new.strip() or '(nothing)'}"

    def mentions(self, word: str) -> bool:
        """Whether somebody who asks for this word means this entry."""
        return any(word.lower() in text.lower() for text in (self.file, self.why, *self.tests))


def tests_in(path: str) -> Callable[..., tuple[str, ...]]:
    """Return a function that makes node ids of names in one file of tests."""
    return lambda *names: tuple(f"{path}::{name}" for name in names)


def function_of(node_id: str) -> str:
    """Return a node id without its parameters."""
    return node_id.partition("[")[0]
