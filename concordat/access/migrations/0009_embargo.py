"""Keep transfers for security from other organisations for a day."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0008_insert_in_bulk"), ("cases", "0003_placement_security")]
    operations = [run_file(SQL / "asker.sql"), run_file(SQL / "embargo.sql")]
