"""Ask once per statement, not once per row, whether records are written on one's own cases."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0007_providers")]
    operations = [run_file(SQL / "protect.sql"), run_file(SQL / "protect_again.sql")]
