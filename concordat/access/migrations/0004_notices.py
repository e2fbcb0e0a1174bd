"""Say who reads a notice."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0003_hide_drafts"), ("notices", "0002_protect")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "notices.sql")]
