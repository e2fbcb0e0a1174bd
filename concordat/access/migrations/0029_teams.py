"""Let teams work on cases: their members are assigned, their leads see what the team works on."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0028_emergency"), ("cases", "0009_teams")]
    operations = [
        run_file(SQL / "asker.sql"),
        run_file(SQL / "restricted.sql"),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
        run_file(SQL / "teams.sql"),
    ]
