"""The statements of one request become a script whose transactions each have values of their own."""

import pytest

from deploy.steps import Fault
from tests.bench.pgbench import Captured, pending_name, script_of
from tests.bench.server import statements_in

SIGNED = Captured(
    email="essai@example.org",
    email_key="0123456789abcdef0123456789abcdef",
    uuid="6b1f6a86-4c2e-4f43-8a57-0d4e6b7f4c10",
    nonce="Ab-_Cd123456",
    pending_pk=5,
    fingerprint="fedcba9876543210fedcba9876543210",
)
CONFIRMED = Captured(SIGNED.email, SIGNED.email_key, SIGNED.uuid, SIGNED.nonce, pending_pk=5, signature_pk=5)


def body_of(*statements: str, captured: Captured = SIGNED) -> list[str]:
    """Return the script's lines below what it sets."""
    return [line for line in script_of(statements, captured).splitlines() if line and line[0] != "\\"]


def test_what_only_one_request_had_becomes_an_expression_and_the_rest_stays():
    (line,) = body_of(
        f"INSERT INTO t VALUES ('{SIGNED.uuid}'::uuid, 1, 'fr', '{SIGNED.email}', '{SIGNED.email_key}', "
        f"'{SIGNED.nonce}', '2026-11-25T07:49:28+00:00'::timestamptz)"
    )
    assert line == (
        "INSERT INTO t VALUES (md5('u:c-:n')::uuid, 1, 'fr', 'essai-:c-:n@example.org', md5('k:c-:n'), "
        "left(md5('o:c-:n'), 12), '2026-11-25T07:49:28+00:00'::timestamptz);"
    )


def test_a_key_that_the_database_gave_out_is_taken_from_where_it_gives_it():
    first, task = body_of(
        'INSERT INTO "petition_pendingsignature" ("id") VALUES (DEFAULT) RETURNING "id"',
        "INSERT INTO \"outbox_outboxtask\" VALUES ('signature_mail', '5', 'signature_mail:5:Ab-_Cd123456', 5)",
    )
    assert first.endswith(' RETURNING "id" \\gset pending_')
    assert task == (
        "INSERT INTO \"outbox_outboxtask\" VALUES ('signature_mail', ':pending_id', "
        "('signature_mail:' || ':pending_id' || ':' || left(md5('o:c-:n'), 12)), 5);"
    )


def test_consents_and_thanks_name_the_signature_of_their_own_transaction():
    _signature, consent, task = body_of(
        'INSERT INTO "petition_signature" ("uuid") VALUES (1) RETURNING id',
        'INSERT INTO "petition_consent" ("signature_id", "text_id") VALUES (5, 5), (5, 6)',
        "INSERT INTO \"outbox_outboxtask\" VALUES ('thank_you_mail', '5')",
        captured=CONFIRMED,
    )
    assert consent.endswith("VALUES (:signature_id, 5), (:signature_id, 6);")
    assert task.endswith("('thank_you_mail', ':signature_id');")


def test_each_transaction_counts_on_a_network_and_on_a_slot_of_its_own():
    network, total = body_of(
        f"INSERT INTO petition_tokenbucket VALUES ('network:2026112507:{SIGNED.fingerprint}', 1)",
        "INSERT INTO petition_total (petition_id, slot, value) VALUES (1, 7, 1)",
    )
    assert network.endswith("(('network:2026112507:' || md5('b:c-:n')), 1);")
    assert total.endswith("VALUES (1, :slot, 1);")


def test_a_value_in_a_place_that_nobody_thought_of_stops_the_run():
    with pytest.raises(Fault, match="doesn't know"):
        script_of([f"SELECT '[\"{SIGNED.nonce}\"]'::jsonb"], SIGNED)


def test_pgbench_names_a_waiting_row_as_it_was_made():
    (line,) = body_of(f"DELETE FROM t WHERE uuid = '{SIGNED.uuid}'::uuid")
    as_written = line.replace(":c-", "3-").replace(":n'", "12'")
    assert f"md5('{pending_name(3, 12)}')::uuid" in as_written


def test_the_servers_log_is_read_by_database_and_with_its_broken_lines():
    log = (
        "@@bench@@ LOG:  statement: BEGIN\n"
        "@@postgres@@ LOG:  statement: SELECT 1\n\tFROM other\n"
        "@@bench@@ LOG:  statement: INSERT INTO t\n\t  VALUES (1)\n"
        "@@bench@@ ERROR:  no\n"
        "@@@@ LOG:  checkpoint starting\n"
        "@@bench@@ LOG:  statement: COMMIT\n"
    )
    assert statements_in(log, "bench") == ["BEGIN", "INSERT INTO t\n  VALUES (1)", "COMMIT"]
