"""Let records go when their time is over, and keep what is held; on tables of before and on those to come."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0026_suppose"), ("retention", "0001_initial"), ("notices", "0001_told")]
    operations = [
        run_file(SQL / "protect.sql"),
        run_file(SQL / "retention.sql"),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
    ]
