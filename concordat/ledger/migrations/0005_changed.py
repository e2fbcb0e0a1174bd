"""Let a page that met another's change say which colleague made it."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_bearer_by_length")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "changed.sql")]
