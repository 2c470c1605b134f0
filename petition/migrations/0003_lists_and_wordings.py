"""Contacts know how far the list has taken them; consent words say which outside service they name; own words."""

import django.db.models.deletion
from django.db import migrations, models

MESSAGE = "petition_consenttext: this row can not be changed"


def protect_again(apps, schema_editor):
    """SQLite has rebuilt the table of consent words, and its trigger went with the old one."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"""CREATE TRIGGER IF NOT EXISTS petition_consenttext_frozen BEFORE UPDATE ON petition_consenttext
            FOR EACH ROW WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
        )


def let_rehearsals_go(apps, schema_editor):
    """An event is never deleted, unless a rehearsal made it up."""
    _keep(schema_editor, "WHEN (OLD.channel <> 'seeded')")


def keep_all(apps, schema_editor):
    _keep(schema_editor, "")


def _keep(schema_editor, condition):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER petition_signatureevent_kept ON petition_signatureevent")
        schema_editor.execute(
            f"""CREATE TRIGGER petition_signatureevent_kept BEFORE DELETE ON petition_signatureevent
            FOR EACH ROW {condition} EXECUTE FUNCTION petition_signatureevent_refuse()"""
        )


class Migration(migrations.Migration):

    dependencies = [
        ('petition', '0002_immutable'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('sign', 'Sign'), ('public', 'Show the name on the site'), ('newsletter', 'Receive news'), ('addressee', 'Pass the name to the addressee')], max_length=20, verbose_name='purpose')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], max_length=10, verbose_name='language')),
                ('label', models.CharField(max_length=120, verbose_name='label of the box')),
                ('sentence', models.TextField(verbose_name='sentence')),
            ],
            options={
                'verbose_name': 'consent wording',
                'verbose_name_plural': 'consent wordings',
            },
        ),
        migrations.AlterModelOptions(
            name='servicesettings',
            options={'permissions': [('switch_outside_service', 'Can switch on a service outside the European Union')], 'verbose_name': 'services'},
        ),
        migrations.AddField(
            model_name='consenttext',
            name='discloses',
            field=models.CharField(blank=True, default='', max_length=30, verbose_name='outside service named'),
        ),
        migrations.AddField(
            model_name='contact',
            name='asked_at',
            field=models.DateTimeField(null=True, verbose_name='asked whether news are still wanted'),
        ),
        migrations.AddField(
            model_name='contact',
            name='passed_at',
            field=models.DateTimeField(null=True, verbose_name='passed on'),
        ),
        migrations.AddField(
            model_name='contact',
            name='provider_reference',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='contact',
            name='provider_state',
            field=models.CharField(choices=[('waiting', 'To be passed on'), ('on_list', 'On the list'), ('asked', 'The list has asked them to confirm'), ('refused', 'Refused by the list'), ('own_hand', 'Can only come back by themselves'), ('left', 'Taken off the list')], default='waiting', max_length=12, verbose_name='on the list'),
        ),
        migrations.AddField(
            model_name='contact',
            name='uuid',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='servicesettings',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='email',
            field=models.CharField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='provider_said_at',
            field=models.DateTimeField(null=True, verbose_name='said on'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='source',
            field=models.CharField(choices=[('web', 'Web'), ('staff', 'Staff'), ('paper', 'Paper'), ('seeded', 'Rehearsal')], default='web', max_length=8, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='signatureevent',
            name='channel',
            field=models.CharField(choices=[('web', 'Web'), ('staff', 'Staff'), ('paper', 'Paper'), ('seeded', 'Rehearsal')], default='web', max_length=8),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('provider_state__in', ['waiting', 'asked', 'refused', 'own_hand'])), fields=['provider_state'], name='contact_unsettled'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('provider_state__in', ['waiting', 'on_list', 'asked', 'refused', 'own_hand', 'left'])), name='contact_list_state_known'),
        ),
        migrations.AddField(
            model_name='consentwording',
            name='petition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_wordings', to='petition.petition', verbose_name='petition'),
        ),
        migrations.AddConstraint(
            model_name='consentwording',
            constraint=models.UniqueConstraint(fields=('petition', 'purpose', 'language'), name='consentwording_one_per_box'),
        ),
        migrations.AddConstraint(
            model_name='consentwording',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['sign', 'public', 'newsletter', 'addressee'])), name='consentwording_purpose_known'),
        ),
        migrations.RunPython(protect_again, migrations.RunPython.noop),
        migrations.RunPython(let_rehearsals_go, keep_all),
    ]
