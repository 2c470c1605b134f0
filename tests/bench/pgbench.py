"""PostgreSQL alone, on the very statements that one real request sent: the script for pgbench, and its run."""

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.steps import Fault, call
from petition.models.tally import SLOTS
from tests.bench.server import Server
from tests.system_packages import postgresql_programs

CLIENTS = 8
# Each client counts its own turns from 0; `c` and `n` make each transaction's values its own.
HEAD = """\\set n :n + 1
\\set c :client_id
\\set slot random(0, {last_slot})
"""
START = -1  # what n is before the first turn


def pending_name(client: int, turn: int) -> str:
    """Return the name from which a waiting row's UUID is made (MD5), the same in Python and in SQL."""
    return f"u{client}-{turn}"


@dataclass(frozen=True)
class Captured:
    """What a real request was about: the values that only it has, as they stand in its statements."""

    email: str
    email_key: str
    uuid: str
    nonce: str
    pending_pk: int
    signature_pk: int = 0
    fingerprint: str = ""  # of its network, the last part of the bucket's name
    answer: str = ""  # the fingerprint of what its browser worked out


@dataclass(frozen=True)
class Alone:
    """What pgbench counted."""

    transactions: int
    failed: int
    per_second: float


def script_of(statements: Sequence[str], captured: Captured) -> str:
    """Return the statements of one request as a script in which each transaction has values of its own.

    Keys that the database gave out are taken from where it gives them (\\gset). Values that only this request had are
    replaced by expressions over the client and its turn; nothing else is touched. Raises Fault where one is left.
    """
    lines = [HEAD.format(last_slot=SLOTS - 1)]
    for statement in statements:
        lines.append(_with_own_values(statement.rstrip().rstrip(";"), captured) + _end_of(statement))
    script = "\n".join(lines) + "\n"
    unique = (
        captured.email,
        captured.email_key,
        captured.uuid,
        captured.nonce,
        captured.fingerprint,
        captured.answer,
    )
    if left := [value for value in unique if value and value in script]:
        raise Fault(
            f"The statements hold a value in a place that tests/bench/pgbench.py doesn't know: {left}"
        )
    return script


def run_pgbench(server: Server, database: str, script: str, seconds: float) -> Alone:
    """Run the script for so many seconds with eight clients, each statement as one simple query."""
    programs = postgresql_programs()
    assert programs, "need('postgresql') comes first"
    with tempfile.TemporaryDirectory(prefix="petition-pgbench-") as folder:
        path = Path(folder) / "script.sql"
        path.write_text(script)
        command = [programs / "pgbench", "--no-vacuum", "-M", "simple", "-c", CLIENTS, "-j", "1"]
        command += ["-T", max(1, round(seconds)), "-D", f"n={START}", "-f", path]
        with (Path(folder) / "said").open("w+") as said:
            status = call(
                [str(word) for word in command],
                env=server.environment_of(database),
                stdout=said,
                stderr=subprocess.STDOUT,
            )
            said.seek(0)
            words = said.read()
    if status:
        raise Fault(f"pgbench failed (status {status}): {words.strip()[-600:]}")
    return Alone(
        transactions=int(_found(r"number of transactions actually processed: (\d+)", words)),
        failed=int(_found(r"number of failed transactions: (\d+)", words)),
        per_second=float(_found(r"^tps = ([\d.]+)", words)),
    )


def _found(pattern: str, words: str) -> str:
    match = re.search(pattern, words, re.MULTILINE)
    if not match:
        raise Fault(f"pgbench said something else than expected: {words.strip()[-300:]}")
    return match[1]


def _end_of(statement: str) -> str:
    if 'INSERT INTO "petition_pendingsignature"' in statement:
        return " \\gset pending_"
    if 'INSERT INTO "petition_signature"' in statement:
        return " \\gset signature_"
    return ";"


def _with_own_values(statement: str, captured: Captured) -> str:
    for value, expression in _replacements(statement, captured).items():
        statement = statement.replace(value, expression)
    if "petition_total" in statement:
        statement = re.sub(r"VALUES \((\d+), \d+, 1\)", r"VALUES (\1, :slot, 1)", statement)
    if 'INSERT INTO "petition_consent"' in statement:
        statement = statement.replace(f"({captured.signature_pk}, ", "(:signature_id, ")
    return statement


def _replacements(statement: str, captured: Captured) -> Mapping[str, str]:
    nonce = "left(md5('o:c-:n'), 12)"
    of_task = {}
    if "outbox_outboxtask" in statement:
        # A colon right before a variable would be taken for a cast.
        key = f"('signature_mail:' || ':pending_id' || ':' || {nonce})"
        of_task = {
            f"'signature_mail:{captured.pending_pk}:{captured.nonce}'": key,
            f"'{captured.signature_pk or captured.pending_pk}'": (
                "':signature_id'" if captured.signature_pk else "':pending_id'"
            ),
        }
    bucket = re.search(rf"'([^']*:){captured.fingerprint}'", statement) if captured.fingerprint else None
    of_bucket = {bucket[0]: f"('{bucket[1]}' || md5('b:c-:n'))"} if bucket else {}
    return {
        **of_task,
        **of_bucket,
        **({f"'{captured.answer}'": "md5('p:c-:n') || md5('q:c-:n')"} if captured.answer else {}),
        f"'{captured.email}'": "'essai-:c-:n@example.org'",
        f"'{captured.email_key}'": "md5('k:c-:n')",
        f"'{captured.uuid}'": "md5('u:c-:n')",
        f"'{captured.nonce}'": nonce,
    }
