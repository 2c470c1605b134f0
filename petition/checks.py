"""System checks of the petition room."""

from django.core.checks import Error, register
from django.core.checks import Tags as CheckTags
from django.db import connection
from django.db.utils import DatabaseError

PROTECTED_TABLES = ("petition_petitiontext", "petition_consenttext", "petition_signatureevent")


@register(CheckTags.database)
def words_and_events_are_protected(app_configs, databases, **kwargs) -> list[Error]:
    """The triggers that keep signed words and recorded events unchanged are there (a rebuilt table loses them)."""
    if not databases:
        return []
    try:
        missing = set(PROTECTED_TABLES) - protected_tables()
    except DatabaseError:
        return []  # another check says that the database is out of reach
    return [
        Error(
            f"The table {table} can be changed: its trigger is missing.",
            hint="Run the operations of petition/migrations/0002_immutable.py for it again.",
            id="petition.E001",
        )
        for table in sorted(missing)
        if table in connection.introspection.table_names()
    ]


def protected_tables() -> set[str]:
    """Return the tables that have the trigger of this project."""
    if connection.vendor == "postgresql":
        query = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_frozen'"
    else:
        query = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_frozen'"
    with connection.cursor() as cursor:
        cursor.execute(query.replace("%%", "%"))
        return {row[0] for row in cursor.fetchall()}
