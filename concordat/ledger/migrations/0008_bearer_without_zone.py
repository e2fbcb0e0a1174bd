"""Who asks is found without setting a time zone: nothing in it depends on one, and it is asked in every statement."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_replicas")]
    operations = [run_file(SQL / "ledger.sql")]
