"""Say who sees a disclosure, and refuse to hand anything over while something is missing."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0001_initial"), ("access", "0032_asked_once"), ("files", "0004_files_go")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "protect.sql")]
