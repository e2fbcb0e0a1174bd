"""What the database refuses of asking, answering and preparing."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_protect")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "asking.sql")]
