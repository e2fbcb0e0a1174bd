"""Who sees critical incidents, and what the database refuses about their review."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("safety", "0003_incidents")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "incidents.sql")]
