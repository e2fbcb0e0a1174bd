"""Replicas that answer for as long as they are known to be up to date."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_tree")]
    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("named", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        run_file(SQL / "ledger.sql"),
        run_file(SQL / "replicas.sql"),
    ]
