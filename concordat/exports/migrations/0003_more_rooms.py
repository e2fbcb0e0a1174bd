"""Assessments, laws, clocks, safety of workers and reports of interference leave with what an organisation owns."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0002_protect"), ("impact", "0002_protect"), ("controllers", "0002_protect"),
        ("access", "0033_clocks"), ("safety", "0004_protect_incidents"), ("custody", "0002_protect"),
    ]  # fmt: skip
    operations = [run_file(SQL / "contents.sql")]
