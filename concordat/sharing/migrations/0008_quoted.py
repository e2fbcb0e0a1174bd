"""Let briefings and notices be quoted."""

from django.db import migrations

from concordat.core.migration_sql import call

TABLES = ("sharing_safetybriefing", "sharing_safetynotice")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_disagreement"), ("quoting", "0002_protect")]
    operations = [call(f"SELECT quoting.take_part('{table}')") for table in TABLES]
