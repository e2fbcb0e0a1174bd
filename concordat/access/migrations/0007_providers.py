"""Say who sets an organisation's own sign-in."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0006_absence"), ("people", "0007_provider")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "providers.sql")]
