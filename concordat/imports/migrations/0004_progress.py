"""Grant the new columns, and tell the worker what is on its way."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_progress")]
    operations = [run_file(SQL / "protect.sql"), run_file(SQL / "progress.sql")]
