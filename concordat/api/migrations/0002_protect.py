"""Let each member see what was done under their own keys, and nobody else."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("api", "0001_done"), ("access", "0012_tokens")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "protect.sql")]
