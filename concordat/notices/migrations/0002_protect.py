"""Give the sign-in role its messages, and nobody else."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_told"), ("people", "0002_signin")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "signin.sql")]
