"""The few statements that the ORM can't say, each one text for PostgreSQL and SQLite."""

from datetime import date, datetime
from typing import TypeVar

from django.db import connection, models

from petition.models import PendingSignature

Row = TypeVar("Row", bound=models.Model)

# As Petition.takes_signatures() has it, of a moment that is given twice.
TAKES_SIGNATURES = """state = 'open' AND (opens_at IS NULL OR opens_at <= %s)
            AND (closes_at IS NULL OR closes_at > %s)"""
TAKES_TRIALS = "state = 'preparation'"
TALLIES_AT_ONCE = 1_000  # rows per statement: SQLite takes 32,766 values


def _for_database(field: models.Field, value):
    return field.get_db_prep_save(value, connection)


def insert_unless_there(row: models.Model) -> bool:
    """Insert the row; return False, and write nothing, where a unique constraint says it is there already."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [_for_database(field, getattr(row, field.attname)) for field in fields]
    table = row._meta.db_table
    with connection.cursor() as cursor:
        # Table and columns come from the model, values go apart.
        cursor.execute(
            f'INSERT INTO "{table}" ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING RETURNING id',  # noqa: S608
            values,
        )
        found = cursor.fetchone()
    if found:
        row.pk = found[0]
    return bool(found)


def keep_pending(pending: PendingSignature, replaced: list[str], moment: datetime) -> bool:
    """Store a pending signature, or put the `replaced` fields in place of those of its mailbox's earlier try.

    False, and nothing is written, unless the petition takes it at this moment (aware): while it is open, or in
    preparation for a trial. The row's key is right afterwards; its UUID may be another one. One statement, whatever is
    known of the mailbox.
    """
    meta = pending._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    renewed = ", ".join(
        f'"{field.column}" = excluded."{field.column}"' for field in fields if field.name in replaced
    )
    values = [_for_database(field, getattr(pending, field.attname)) for field in fields]
    now = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO "{meta.db_table}" ({columns}) SELECT {places} FROM petition_petition
            WHERE id = %s AND {TAKES_TRIALS if pending.trial else TAKES_SIGNATURES}
            ON CONFLICT (petition_id, email_key) DO UPDATE SET {renewed} RETURNING id""",  # noqa: S608 (our own words)
            [*values, pending.petition_id] + ([] if pending.trial else [now, now]),
        )
        found = cursor.fetchone()
    if found:
        pending.pk = found[0]
    return bool(found)


def take(model: type[Row], where: str, values: list) -> Row | None:
    """Delete the one row that `where` names and return it: whoever gets it has the right to go on.

    `values` are (field name, value) pairs for the placeholders, in order.
    """
    columns = {field.name: field for field in model._meta.concrete_fields}
    prepared = [_for_database(columns[name], value) for name, value in values]
    table = model._meta.db_table
    statement = f'DELETE FROM "{table}" WHERE {where} RETURNING *'  # noqa: S608 (both are our own words)
    rows = list(model._default_manager.raw(statement, prepared))
    return rows[0] if rows else None


def delete_rows(rows: models.QuerySet) -> int:
    """Delete rows by one statement, without reading what hangs on them first; return how many went."""
    return rows._raw_delete(rows.db)


def count_up(buckets: list[str], expires_at: datetime) -> list[int]:
    """Add one to each bucket, made if need be, by one statement; return what each holds now. All must differ."""
    expires = connection.ops.adapt_datetimefield_value(expires_at)
    places = ", ".join(["(%s, 1, %s)"] * len(buckets))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO petition_tokenbucket (bucket, count, expires_at) VALUES {places}
            ON CONFLICT (bucket) DO UPDATE SET count = petition_tokenbucket.count + 1
            RETURNING bucket, count""",  # noqa: S608 (placeholders alone)
            [value for bucket in buckets for value in (bucket, expires)],
        )
        counts = dict(cursor.fetchall())
    return [counts[bucket] for bucket in buckets]


def key_of_day(day: date, ours: str) -> str:
    """Return the day's key; ours, which is kept from now on, where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO petition_dailykey (day, key) VALUES (%s, %s)
            ON CONFLICT (day) DO UPDATE SET key = petition_dailykey.key RETURNING key""",
            [connection.ops.adapt_datefield_value(day), ours],
        )
        return cursor.fetchone()[0]


def reserve(bucket: str, now: int, step: int, expires_at: datetime) -> int:
    """Move a bucket's clock on by one step, from now at the earliest, and return where it stands."""
    expires = connection.ops.adapt_datetimefield_value(expires_at)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO petition_tokenbucket (bucket, count, expires_at) VALUES (%s, %s, %s)
            ON CONFLICT (bucket) DO UPDATE SET count = %s + CASE WHEN petition_tokenbucket.count > %s
            THEN petition_tokenbucket.count ELSE %s END RETURNING count""",
            [bucket, now + step, expires, step, now, now],
        )
        return cursor.fetchone()[0]


def serve(fingerprint: str, served: str, expires_at: datetime | None) -> bool:
    """Note whom a proof has served; False, and nothing is written, where it has served somebody else."""
    expires = connection.ops.adapt_datetimefield_value(expires_at)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO petition_usedproof (fingerprint, served, expires_at) VALUES (%s, %s, %s)
            ON CONFLICT (fingerprint) DO UPDATE SET served = excluded.served
            WHERE petition_usedproof.served = excluded.served RETURNING id""",
            [fingerprint, served, expires],
        )
        return cursor.fetchone() is not None


def add_to_total(petition_id: int, slot: int, delta: int) -> None:
    """Change one slot of a petition's count, made if need be."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO petition_total (petition_id, slot, value) VALUES (%s, %s, %s)
            ON CONFLICT (petition_id, slot) DO UPDATE SET value = petition_total.value + excluded.value""",
            [petition_id, slot, delta],
        )


def add_to_tallies(rows: list[tuple[int, datetime, str, str, int]]) -> None:
    """Add to hourly tallies, made if need be; a row is petition, hour (aware), place, kind and number, each once.

    In the order of their key, so that two that add at the same time wait for each other and never for ever.
    """
    rows = sorted(rows)
    for start in range(0, len(rows), TALLIES_AT_ONCE):
        part = rows[start : start + TALLIES_AT_ONCE]
        places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(part))
        values = [
            value
            for petition_id, hour, place, kind, number in part
            for value in (
                petition_id,
                connection.ops.adapt_datetimefield_value(hour),
                place,
                str(kind),
                number,
            )
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""INSERT INTO petition_hourlytally (petition_id, hour, place, kind, number) VALUES {places}
                ON CONFLICT (petition_id, hour, place, kind)
                DO UPDATE SET number = petition_hourlytally.number + excluded.number""",  # noqa: S608 (placeholders)
                values,
            )
