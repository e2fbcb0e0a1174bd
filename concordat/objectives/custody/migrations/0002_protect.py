"""Who sees a report of interference, and what must always be true of it."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_initial"), ("access", "0032_asked_once")]
    operations = [run_file(ROOM / "sql" / "protect.sql"), run_file(ROOM / "sql" / "passes.sql")]
