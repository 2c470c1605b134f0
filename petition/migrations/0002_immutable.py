"""The database itself refuses a change of what has been signed, agreed to or recorded.

Words may be deleted with a petition that never opened; an event is never deleted, on PostgreSQL by a trigger too (on
SQLite it would stop a test database from being emptied, which there is done row by row). On SQLite a later migration that rebuilds
one of these tables drops its trigger: call `protect` again there (a test looks for the triggers).
"""

from django.db import migrations

FROZEN = {
    "petition_petitiontext": "OLD.frozen_at IS NOT NULL",
    "petition_consenttext": "1 = 1",
    "petition_signatureevent": "1 = 1",
}
NEVER_DELETED = {"petition_signatureevent"}


def protect(apps, schema_editor):
    """Put one BEFORE UPDATE trigger on each table."""
    for table, condition in FROZEN.items():
        message = f"{table}: this row can not be changed"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
            )
            schema_editor.execute(
                f"""CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table}
                FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {table}_refuse()"""
            )
            if table in NEVER_DELETED:
                schema_editor.execute(
                    f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"""
                )
        else:
            schema_editor.execute(
                f"""CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN {condition}
                BEGIN SELECT RAISE(ABORT, '{message}'); END"""
            )


def release(apps, schema_editor):
    """Take the triggers away."""
    for table in FROZEN:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
            if table in NEVER_DELETED:
                schema_editor.execute(f"DROP TRIGGER {table}_kept ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_refuse()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_frozen")


class Migration(migrations.Migration):
    dependencies = [("petition", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
