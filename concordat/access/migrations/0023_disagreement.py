"""Say who reads what a person says against a record: whoever reads the record."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0022_rights"), ("cases", "0007_disagreement")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "disagreement.sql")]
