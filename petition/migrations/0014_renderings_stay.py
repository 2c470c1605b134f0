"""The database itself refuses a change of a form as it was shown; it may be deleted with a petition that never opened."""

from django.db import migrations

TABLE = "petition_formrendering"
MESSAGE = f"{TABLE}: this row can not be changed"


def protect(apps, schema_editor):
    """Put a BEFORE UPDATE trigger on the table, as 0002_immutable does on the words."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
        )
        schema_editor.execute(
            f"""CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"""
        )
    else:
        schema_editor.execute(
            f"""CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
        )


def release(apps, schema_editor):
    """Take the trigger away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_refuse()")
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen")


class Migration(migrations.Migration):
    dependencies = [("petition", "0013_endorsements")]
    operations = [migrations.RunPython(protect, release)]
