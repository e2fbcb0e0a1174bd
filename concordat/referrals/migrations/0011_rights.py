"""Let what the person asks under their rights reach referrals, sessions, goals, reviews and end reports, and their words too."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_locked_goals_go"), ("access", "0030_stops_of_rooms")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "rights.sql")]
