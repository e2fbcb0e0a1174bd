"""Look at the links of the case that is asked about, not at all links of an organisation."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0013_texts")]
    operations = [run_file(SQL / name) for name in ("asker.sql", "protect.sql", "explain.sql", "links.sql")]
