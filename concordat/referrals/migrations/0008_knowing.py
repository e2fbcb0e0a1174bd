"""Say who knew of a case that is closed to them; and take the cases that are closed away from this room's tables too."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

ROOMS = Path(__file__).parent.parent.parent


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_parts"), ("sharing", "0005_reading"), ("files", "0002_protect"), ("access", "0020_restricted"),
    ]  # fmt: skip
    operations = [
        run_file(ROOMS / "referrals" / "sql" / "knowing.sql"),
        run_file(ROOMS / "access" / "sql" / "restricted.sql"),  # the tables of the rooms, which came after it
    ]
