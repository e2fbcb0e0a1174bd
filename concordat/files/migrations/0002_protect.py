"""Protect the tables of this room."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("access", "0010_nothing_for_everybody")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "protect.sql")]
