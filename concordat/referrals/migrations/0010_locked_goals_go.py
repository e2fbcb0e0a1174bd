"""Let signed goals go when their time is over, and signatures and positions with what they are about."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_disagreement"), ("access", "0027_retention")]
    operations = [
        run_file(Path(__file__).parent.parent / "sql" / "locked.sql"),
        call("SELECT access.go_with('referrals_goalsignature', 'goal_set_id', 'referrals_goalset')"),
        call("SELECT access.go_with('referrals_position', 'review_id', 'referrals_review')"),
    ]
