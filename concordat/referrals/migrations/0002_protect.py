"""Protect the tables of this room."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("access", "0002_install"), ("sharing", "0002_protect")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / name) for name in ("protect.sql", "delivery.sql")]
