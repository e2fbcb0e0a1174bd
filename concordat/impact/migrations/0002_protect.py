"""Who sees an assessment, what it is about, and what stays."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("impact", "0001_initial"), ("access", "0032_asked_once")]
    operations = [run_file(ROOM / "sql" / "protect.sql")]
