"""Who sees the clocks, when something is due, and that a clock goes with what it is about."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"
BELOW = ("agreements_dispute", "agreements_agreement", "cases_rightsrequest", "cases_participation", "cases_link")


class Migration(migrations.Migration):
    dependencies = [("access", "0032_asked_once"), ("clocks", "0001_initial")]
    operations = [
        run_file(SQL / "clocks.sql"),
        run_file(SQL / "retention.sql"),
        *(call(f"SELECT clocks.hang_on('{table}')") for table in BELOW),
    ]
