"""Let what is written in a service be quoted, and its annexes referred to."""

from django.db import migrations

from concordat.core.migration_sql import call

TABLES = ("referral", "headingnote", "concern", "review", "endreport", "endreportfile")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0011_rights"), ("quoting", "0002_protect")]
    operations = [call(f"SELECT quoting.take_part('referrals_{table}')") for table in TABLES]
