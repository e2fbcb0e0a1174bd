"""Install the clock, the signed context and the log."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "ledger.sql")]
