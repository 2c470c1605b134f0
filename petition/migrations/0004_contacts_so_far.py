"""Contacts that were there before lists were: this site's own list holds them."""

import uuid

from django.db import migrations


def fill(apps, schema_editor):
    Contact = apps.get_model("petition", "Contact")
    for pk in Contact.objects.values_list("pk", flat=True).iterator():
        Contact.objects.filter(pk=pk).update(uuid=uuid.uuid4())
    Contact.objects.filter(state="subscribed").update(provider="local", provider_state="on_list")
    Contact.objects.exclude(state="subscribed").update(provider="local", provider_state="left")


class Migration(migrations.Migration):
    dependencies = [("petition", "0003_lists_and_wordings")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
