"""Let the person's words stand beside a safety briefing."""

from django.db import migrations

from concordat.core.migration_sql import call


class Migration(migrations.Migration):
    dependencies = [("sharing", "0006_parts_go"), ("access", "0023_disagreement")]
    operations = [call("SELECT access.carry_disagreement('sharing_safetybriefing')")]
