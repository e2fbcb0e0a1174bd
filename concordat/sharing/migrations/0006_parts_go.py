"""Let who opened and confirmed a briefing go with it: no foreign key of the database says that they belong to it."""

from django.db import migrations

from concordat.core.migration_sql import call


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_reading"), ("access", "0027_retention")]
    operations = [
        call("SELECT access.go_with('sharing_opening', 'briefing_id', 'sharing_safetybriefing')"),
        call("SELECT access.go_with('sharing_acknowledgement', 'briefing_id', 'sharing_safetybriefing')"),
    ]
