"""Who sees what got out, and by when a partner is told."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("breaches", "0001_initial"), ("access", "0027_retention"), ("exports", "0002_protect")]
    operations = [run_file(ROOM / "sql" / "protect.sql")]
