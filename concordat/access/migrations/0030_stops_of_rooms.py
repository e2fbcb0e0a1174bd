"""Let rooms say that the use of their records may be stopped."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0029_teams")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "stops.sql")]
