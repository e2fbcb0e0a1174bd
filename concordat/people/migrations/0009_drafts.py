"""Say until when something is kept: a form sent too late for a day, as before, and a draft for two weeks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_sort_keys")]

    operations = [
        migrations.AddField("keptpost", "until", models.DateTimeField(db_index=True, null=True)),
        migrations.RunSQL(
            "UPDATE people_keptpost SET until = kept_at + interval '24 hours'", migrations.RunSQL.noop
        ),
        migrations.AlterField("keptpost", "until", models.DateTimeField(db_index=True)),
    ]
