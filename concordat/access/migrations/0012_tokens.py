"""Say who permits tokens for machines, and that only the sign-in role reads them."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0011_reach_at_once"), ("people", "0010_token")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "tokens.sql")]
