"""Let a warning of the other side be found from one's own case, also after the person withdrew."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0024_stops")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "warnings.sql")]
