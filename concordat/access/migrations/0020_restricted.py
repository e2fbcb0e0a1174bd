"""Let a case be open to named people only."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0019_disputes"), ("cases", "0005_allow_list")]
    operations = [
        run_file(SQL / "asker.sql"),
        run_file(SQL / "protect.sql"),
        run_file(SQL / "explain.sql"),
        run_file(SQL / "restricted.sql"),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
    ]
