"""Say who arranges cover; look at workers who are assigned for some days as at all others."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0005_resets"), ("cases", "0002_absence"), ("people", "0005_unit")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "absence.sql")]
