"""Say who reads and writes the talks about a proposed text."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0017_simulate"), ("agreements", "0003_talks")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "talks.sql")]
