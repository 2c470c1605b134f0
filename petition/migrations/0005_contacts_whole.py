"""Each contact has a number of its own, and one that is subscribed has an address."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petition", "0004_contacts_so_far")]

    operations = [
        migrations.AlterField(
            model_name='contact',
            name='uuid',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('uuid',), name='contact_uuid'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('state', 'subscribed'), _negated=True), _connector='OR'), name='contact_subscribed_has_address'),
        ),
    ]
