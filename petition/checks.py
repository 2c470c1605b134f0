"""System checks of the petition room."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.checks import Tags as CheckTags
from django.db import connection
from django.db.utils import DatabaseError
from django.utils.module_loading import import_string

from petition import mailing

PROTECTED_TABLES = (
    "petition_petitiontext",
    "petition_consenttext",
    "petition_signatureevent",
    "petition_formrendering",
)


@register()
def every_list_tells_who_receives_what(app_configs, **kwargs) -> list[Error]:
    """Each list of the settings has a disclosure: None for what stays on this site, else one with nothing missing."""
    errors = []
    for alias, entry in settings.MAILING_LISTS.items():
        adapter = import_string(entry["BACKEND"])
        if not hasattr(adapter, "disclosure"):
            errors.append(
                Error(
                    f"The list “{alias}” doesn't say who receives what: {entry['BACKEND']} has no disclosure.",
                    hint="Give the class a campaign.disclosure.Disclosure, or None if nothing leaves this site.",
                    id="petition.E002",
                )
            )
        elif adapter.disclosure and (missing := adapter.disclosure.missing()):
            errors.append(
                Error(
                    f"The list “{alias}” doesn't tell all that visitors must read: {', '.join(missing)}.",
                    hint=f"Fill it in in the disclosure of {entry['BACKEND']}.",
                    id="petition.E003",
                )
            )
    return errors


@register(CheckTags.database)
def the_list_that_is_on_has_its_key(app_configs, databases, **kwargs) -> list[CheckMessage]:
    """What staff switched on can be called: its key may have gone from the settings since then."""
    if not databases:
        return []
    try:
        chosen = mailing.chosen()
    except DatabaseError:
        return []  # the tables are still to be made
    if not chosen.missing_variables:
        return []
    variables = ", ".join(chosen.missing_variables)
    return [
        Warning(
            f"The list “{chosen.alias}” is switched on and lacks its key: supporters wait until it is there.",
            hint=f"Set {variables}, or have staff switch to another list.",
            id="petition.W001",
        )
    ]


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
