"""Protect the services of directory files."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_offer")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "offers.sql")]
