"""Who sees what about the safety of workers, and what the database refuses."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("safety", "0001_initial"), ("access", "0032_asked_once")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "protect.sql")]
