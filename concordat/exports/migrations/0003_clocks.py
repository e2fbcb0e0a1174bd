"""Calendars and clocks are in an export of everything."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_protect"), ("access", "0033_clocks")]
    operations = [run_file(SQL / "contents.sql")]
