"""Hide what the other party is still drafting, its title too."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_install")]

    operations = [run_file(SQL / name) for name in ("asker.sql", "policies.sql", "explain.sql")]
