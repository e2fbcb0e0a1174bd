"""Install the triggers that freeze what was proposed and check what is signed."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "freeze.sql")]
