"""What an organisation keeps about the safety of its workers is in its export, for whoever sees it."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_protect"), ("safety", "0004_protect_incidents")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "contents.sql")]
