"""Look for the scan of a signature on paper, and keep it."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("files", "0002_protect"), ("agreements", "0004_paper")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "scans.sql")]
