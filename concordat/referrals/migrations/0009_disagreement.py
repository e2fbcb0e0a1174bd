"""Let an end report carry what the person says against it."""

from django.db import migrations

from concordat.core.migration_sql import call


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_knowing"), ("access", "0023_disagreement")]
    operations = [call("SELECT access.carry_disagreement('referrals_endreport')")]
