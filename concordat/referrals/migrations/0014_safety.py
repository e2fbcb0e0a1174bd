"""Refuse sessions of a worker who is not supervised, or who has stopped."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("referrals", "0013_clocks"), ("safety", "0002_protect")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "safety.sql")]
