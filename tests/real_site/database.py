"""A database of the site's own, looked at from outside: without Django, and whole."""

import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.system_packages import postgresql_programs

# Rows that the worker changes by the clock, whoever visits.
CLOCKWORK = {
    "outbox_scheduledrun",
    "petition_hourlytally",
    "petition_rollup",
    "petition_goalshown",
    "sqlite_sequence",
}


class Database:
    """What both databases can be asked. Statements use %s for values."""

    url: str

    def rows(self, statement: str, *values) -> list[tuple]:
        """Return what a SELECT finds now."""
        raise NotImplementedError

    def change(self, *statements: str) -> None:
        """Run statements, each at once for good."""
        raise NotImplementedError

    def tables(self) -> list[str]:
        """Return the names of all tables."""
        raise NotImplementedError

    def dump(self) -> str:
        """Return the whole database as text."""
        raise NotImplementedError

    def one(self, statement: str, *values):
        """Return the only value that a SELECT finds."""
        [(value,)] = self.rows(statement, *values)
        return value

    def fingerprints(self) -> dict[str, str]:
        """Return, for each table but the clockwork's, how many rows it has and a hash of them."""
        return {table: self._fingerprint(table) for table in self.tables() if table not in CLOCKWORK}

    def _fingerprint(self, table: str) -> str:
        # The contents of files come as views of memory, whose names differ each time.
        rows = sorted(
            repr([bytes(value) if isinstance(value, memoryview) else value for value in row])
            for row in self.rows(f'SELECT * FROM "{table}"')
        )
        return f"{len(rows)} rows, {hashlib.sha256(''.join(rows).encode()).hexdigest()}"

    @contextmanager
    def refusing_rows(self, table: str) -> Iterator[None]:
        """Let every INSERT into one table fail, as a real fault of the database would."""
        raise NotImplementedError
        yield


class PostgreSQL(Database):
    """A database on the server of DATABASE_URL."""

    def __init__(self, server_url: str):
        self.name = f"promises_{secrets.token_hex(4)}"
        self.server_url = server_url
        self.url = urlsplit(server_url)._replace(path=f"/{self.name}").geturl()
        self._on_server(f'CREATE DATABASE "{self.name}"')

    def drop(self) -> None:
        """Remove it, whoever is still connected."""
        self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def rows(self, statement, *values):
        with self._connection(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def change(self, *statements):
        with self._connection(self.url) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def tables(self):
        found = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in found]

    def dump(self):
        program = postgresql_programs()
        pg_dump = (
            program / "pg_dump" if program and (program / "pg_dump").exists() else shutil.which("pg_dump")
        )
        assert pg_dump, "PostgreSQL's server programs bring pg_dump"
        command = [str(pg_dump), "--inserts", f"--dbname={self.url}"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    @contextmanager
    def refusing_rows(self, table):
        # A broken CHECK makes the server quote the whole row, which an error's text then carries.
        self.change(f'ALTER TABLE "{table}" ADD CONSTRAINT out_of_order CHECK (id IS NULL) NOT VALID')
        try:
            yield
        finally:
            self.change(f'ALTER TABLE "{table}" DROP CONSTRAINT out_of_order')

    def _on_server(self, statement: str) -> None:
        with self._connection(self.server_url) as connection, connection.cursor() as cursor:
            cursor.execute(statement)

    @staticmethod
    @contextmanager
    def _connection(url: str):
        with closing(psycopg2.connect(url)) as connection:
            connection.autocommit = True
            yield connection


class SQLite(Database):
    """A file in the site's folder."""

    def __init__(self, folder: Path):
        self.path = folder / "site.sqlite3"
        self.url = f"sqlite:///{self.path}"

    def drop(self) -> None:
        """Nothing to do: the file goes with its folder."""

    def rows(self, statement, *values):
        with self._connection() as connection:
            return connection.execute(statement.replace("%s", "?"), values).fetchall()

    def change(self, *statements):
        with self._connection() as connection:
            for statement in statements:
                connection.execute(statement)

    def tables(self):
        found = self.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1"
        )
        return [name for (name,) in found]

    def dump(self):
        with self._connection() as connection:
            return "\n".join(connection.iterdump())

    @contextmanager
    def refusing_rows(self, table):
        self.change(
            f'CREATE TRIGGER out_of_order BEFORE INSERT ON "{table}" '
            "BEGIN SELECT RAISE(ABORT, 'out of order'); END"
        )
        try:
            yield
        finally:
            self.change("DROP TRIGGER out_of_order")

    @contextmanager
    def _connection(self):
        with closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as connection:
            yield connection


@contextmanager
def new_database(folder: Path) -> Iterator[Database]:
    """Make an empty database of the kind that the tests run on; remove it afterwards."""
    server = os.environ["DATABASE_URL"]
    database = SQLite(folder) if server.startswith("sqlite") else PostgreSQL(server)
    try:
        yield database
    finally:
        database.drop()
