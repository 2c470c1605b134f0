from django.db import migrations

# What home.search.look_up asks PostgreSQL for, letter for letter; one index per language, since each has its own rules.
VECTOR = (
    "setweight(to_tsvector('{rules}', home_searchentry.folded_title), 'A')"
    " || setweight(to_tsvector('{rules}', home_searchentry.folded_text), 'D')"
)
RULES = {"fr": "french", "en": "english"}


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for language, rules in RULES.items():
            vector = VECTOR.format(rules=rules)
            schema_editor.execute(
                f"CREATE INDEX home_search_{language} ON home_searchentry USING gin (({vector}))"
                f" WHERE language = '{language}'"
            )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for language in RULES:
            schema_editor.execute(f"DROP INDEX home_search_{language}")


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0005_legal_facts"),
    ]

    operations = [migrations.RunPython(create, drop)]
