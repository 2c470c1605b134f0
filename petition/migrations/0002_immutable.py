"""The database itself refuses a change of what has been signed, agreed to or recorded.

Only updates are refused: a petition that never opened may be deleted whole. On SQLite a later migration that rebuilds
one of these tables drops its trigger: call `protect` again there (a test looks for the triggers).
"""

from django.db import migrations

FROZEN = {
    "petition_petitiontext": "OLD.frozen_at IS NOT NULL",
    "petition_consenttext": "1 = 1",
    "petition_signatureevent": "1 = 1",
}


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
            schema_editor.execute(f"DROP FUNCTION {table}_refuse()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_frozen")


class Migration(migrations.Migration):
    dependencies = [("petition", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
