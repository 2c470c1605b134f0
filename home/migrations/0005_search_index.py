from django.db import migrations

# PostgreSQL alone: the words of a page as its full text wants them, kept with the row, by the rules of its language.
# Made when a page is published; made when somebody searches, they would take milliseconds for each page.
RULES = "CASE language WHEN 'en' THEN 'english'::regconfig ELSE 'french'::regconfig END"
VECTOR = (
    f"setweight(to_tsvector({RULES}, folded_title), 'A') || setweight(to_tsvector({RULES}, folded_text), 'D')"
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE home_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS ({VECTOR}) STORED"
        )
        schema_editor.execute("CREATE INDEX home_search_vector ON home_searchentry USING gin (vector)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE home_searchentry DROP COLUMN vector")


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0004_the_campaigns_voice"),
    ]

    operations = [migrations.RunPython(create, drop)]
