"""Ask of one part which whole it belongs to, not of all wholes."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0014_links_at_a_case"), ("referrals", "0006_texts")]
    operations = [run_file(SQL / "parts.sql")]
