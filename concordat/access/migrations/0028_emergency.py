"""Let two people open a case to a colleague for hours, read and not changed."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0027_retention"), ("emergency", "0001_initial")]
    operations = [
        run_file(SQL / "asker.sql"),
        run_file(SQL / "protect.sql"),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
        call("GRANT EXECUTE ON FUNCTION access.my_emergencies(), access.only_in_emergency() TO concordat_app"),
        run_file(SQL / "emergency.sql"),
    ]
