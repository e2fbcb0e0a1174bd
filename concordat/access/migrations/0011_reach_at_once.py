"""Ask for the places and conflicts of all links at once."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0010_nothing_for_everybody"), ("ledger", "0004_bearer_by_length")]
    operations = [
        run_file(Path(__file__).parent.parent / "sql" / "asker.sql"),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
    ]
