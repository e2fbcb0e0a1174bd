"""Say what a version would open and close before it is signed, and let the asker's own records be counted for it."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0016_countersigning"), ("agreements", "0002_freeze")]
    operations = [run_file(SQL / f"{name}.sql") for name in ("asker", "protect", "count_again", "simulate")]
