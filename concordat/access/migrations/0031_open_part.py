"""Say who reads the open part of an agreement: everybody, once it is published."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0030_stops_of_rooms"), ("agreements", "0008_open_part")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "open_part.sql")]
