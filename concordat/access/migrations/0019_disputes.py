"""Say who reads, raises and settles a disagreement."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0018_talks"), ("agreements", "0005_disputes")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "disputes.sql")]
