"""One real sign and one real confirm, as the server's own log has them, made into scripts for pgbench."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from deploy.steps import Fault
from tests.bench.pgbench import Captured, script_of
from tests.bench.pools import confirm_address, write_sign_pool
from tests.bench.running import RunningSite
from tests.bench.server import Server

NUMBER = 999_999_999  # of the one who signs here: none of the load's
EMAIL = "essai-unique@example.org"
PENDING = "SELECT id, uuid::text, email_key, nonce FROM petition_pendingsignature WHERE email = %s"
NETWORK = "SELECT split_part(bucket, ':', 3) FROM petition_tokenbucket ORDER BY id DESC LIMIT 1"
ANSWER = "SELECT fingerprint FROM petition_usedproof ORDER BY id DESC LIMIT 1"


def capture(server: Server, site: RunningSite, database: str, folder: Path) -> dict[str, str]:
    """Sign and confirm once on the running site; return the scripts by scenario. The site must be warm and idle."""
    pool = folder / "capture.pool"
    write_sign_pool(pool, NUMBER, 1)
    _number, address, ticket, answer = pool.read_text().split()
    body = "first_name=Essai&last_name=Essai-unique&country=FR&postcode=75011&agree_sign=on"
    with server.hearing(database) as signing:
        _expect(303, site.post(address, f"{body}&email={EMAIL}&ticket={ticket}&altcha={answer}"))
    [(pk, row_uuid, key, nonce)] = server.rows(PENDING, EMAIL, database=database)
    fingerprint = server.one(NETWORK, database=database)
    answer = server.one(ANSWER, database=database)
    seen = Captured(EMAIL, key, row_uuid, nonce, pending_pk=pk, fingerprint=fingerprint, answer=answer)
    with server.hearing(database) as confirming:
        _expect(303, site.post(confirm_address(UUID(row_uuid), nonce), f"shown={nonce}"))
    signature = server.one("SELECT id FROM petition_signature WHERE email = %s", EMAIL, database=database)
    return {
        "sign": script_of(_whole(signing, "petition_pendingsignature"), seen),
        "confirm": script_of(
            _whole(confirming, "petition_total"),
            replace(seen, fingerprint="", answer="", signature_pk=signature),
        ),
    }


def _expect(wanted: int, status: int) -> None:
    if status != wanted:
        raise Fault(f"A request was answered with {status}, {wanted} was expected: nothing can be measured.")


def _whole(statements: list[str], table: str) -> list[str]:
    """Refuse what isn't one whole request: a transaction that writes to this table."""
    text = "\n".join(statements)
    if not ("BEGIN" in statements and "COMMIT" in statements and f"INTO {table}" in text.replace('"', "")):
        raise Fault(f"The server's log doesn't hold the statements of one request: {text[:500]}")
    return statements
