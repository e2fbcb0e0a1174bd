"""Let what the person asks under their rights reach referrals, sessions, goals, reviews and end reports, and their words too."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_locked_goals_go"), ("access", "0030_stops_of_rooms")]
    operations = [
        run_file(Path(__file__).parent.parent / "sql" / "rights.sql"),
        # its own policy of insertion has taken the place of the usual one, by which emergencies find the parts of records
        call(
            "SELECT access.read_only_in_emergency("
            "'referrals_goalsignature', 'case_id', 'goal_set_id', 'referrals_goalset')"
        ),
    ]
