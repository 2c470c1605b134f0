"""The throw-away server: databases made and copied, rows counted, its own log read."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from urllib.parse import unquote, urlsplit

import psycopg2

from deploy.steps import Fault

LOGGED = {"log_min_messages": "log", "log_statement": "all", "log_line_prefix": "@@%d@@ "}
PATIENCE = 10  # seconds until the server has heard that it is to log
LINE = re.compile(r"^@@([^@]*)@@ LOG:  (?:statement|execute [^:]*): (.*)$")


class Server:
    """A PostgreSQL server of our own, as its superuser."""

    def __init__(self, url: str):
        self.url = url

    def url_of(self, database: str) -> str:
        """Return the address of one database."""
        return urlsplit(self.url)._replace(path=f"/{database}").geturl()

    def environment_of(self, database: str) -> dict[str, str]:
        """Return what PostgreSQL's own programs need to reach a database, without a password on their line."""
        parts = urlsplit(self.url)
        return {
            "PGHOST": parts.hostname or "",
            "PGPORT": str(parts.port),
            "PGUSER": unquote(parts.username or ""),
            "PGPASSWORD": unquote(parts.password or ""),
            "PGDATABASE": database,
        }

    def rows(self, statement: str, *values, database: str = "postgres") -> list[tuple]:
        """Run one statement for good, and return what it finds."""
        with closing(psycopg2.connect(self.url_of(database))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []

    def one(self, statement: str, *values, database: str = "postgres"):
        """Return the only value that a statement finds."""
        [(value,)] = self.rows(statement, *values, database=database)
        return value

    def counts(self, questions: Mapping[str, str], database: str) -> dict[str, int]:
        """Return the answer to each question."""
        return {name: self.one(question, database=database) for name, question in questions.items()}

    def make(self, database: str, like: str = "template1") -> None:
        """Make a database that is like another one, whose connections are ended for it."""
        self.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", like)
        self.rows(f'CREATE DATABASE "{database}" TEMPLATE "{like}"')

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.rows(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def tidy(self, database: str) -> None:
        """Do what the server does by itself in a quiet hour, so that it doesn't do it while we measure."""
        self.rows("VACUUM ANALYZE", database=database)
        self.rows("CHECKPOINT", database=database)

    def postmaster(self) -> int:
        """Return the process id of the server."""
        data = "current_setting('data_directory')"
        return int(self.one(f"SELECT split_part(pg_read_file({data} || '/postmaster.pid'), E'\\n', 1)"))

    @contextmanager
    def hearing(self, database: str) -> Iterator[list[str]]:
        """Fill the list, at the end of the block, with each statement that reached a database, as its log has it."""
        statements: list[str] = []
        for name, value in LOGGED.items():
            self.rows(f"ALTER SYSTEM SET {name} = '{value}'")
        try:
            self._reload("all")
            start = self.one(f"SELECT length({self._log()})")
            yield statements
            log = self.one(f"SELECT substr({self._log()}, %s)", start + 1)
        finally:
            for name in LOGGED:
                self.rows(f"ALTER SYSTEM RESET {name}")
            self._reload("none")
        statements += statements_in(log, database)

    @staticmethod
    def _log() -> str:
        return "pg_read_file(current_setting('data_directory') || '/../server.log')"

    def _reload(self, wanted: str) -> None:
        self.rows("SELECT pg_reload_conf()")
        end = time.monotonic() + PATIENCE
        while self.one("SHOW log_statement") != wanted:
            if time.monotonic() > end:
                raise Fault("The PostgreSQL server does not take over what it is to log.")
            time.sleep(0.05)
        time.sleep(0.2)  # for the connections that are already open


def statements_in(log: str, database: str) -> list[str]:
    """Return the statements of one database, in order; lines that go on begin with a tab."""
    found: list[str] = []
    ours = False
    for line in log.split("\n"):
        if line.startswith("\t"):
            if ours:
                found[-1] += "\n" + line[1:]
            continue
        match = LINE.match(line)
        ours = bool(match and match[1] == database)
        if match and ours:
            found.append(match[2])
    return found
