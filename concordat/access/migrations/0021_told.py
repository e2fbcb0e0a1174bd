"""Say to the operator why somebody cannot see something, without looking at any case."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0020_restricted")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "told.sql")]
