"""Stop the use of what a person asked to have no longer used, and let restrictions end."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0023_disagreement"), ("cases", "0008_stops")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "stops.sql")]
