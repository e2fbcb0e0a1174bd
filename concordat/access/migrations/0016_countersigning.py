"""Let organisations record the key under which they countersign the log, and what they have signed."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0015_compile_at_once"), ("ledger", "0006_tree")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "countersigning.sql")]
