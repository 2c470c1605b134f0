"""The form is kept by ALTCHA; what had no other check before gets it now."""

from django.db import migrations, models


def choose_altcha(apps, schema_editor) -> None:
    """Put ALTCHA in force where the ticket alone was."""
    apps.get_model("petition", "ServiceSettings").objects.filter(captcha="ticket").update(captcha="altcha")


class Migration(migrations.Migration):
    dependencies = [("petition", "0010_tallies_that_add_up")]

    operations = [
        migrations.AlterField(
            model_name="servicesettings",
            name="captcha",
            field=models.CharField(default="altcha", max_length=30, verbose_name="protection of the form"),
        ),
        migrations.RunPython(choose_altcha, migrations.RunPython.noop),
    ]
