"""Grant once more what `access` took back: its file revokes every function of its schema, also this room's."""

from django.db import migrations

from concordat.core.migration_sql import call


class Migration(migrations.Migration):
    dependencies = [("access", "0003_hide_drafts"), ("sharing", "0002_protect")]
    operations = [call("GRANT EXECUTE ON FUNCTION access.my_warned_cases() TO concordat_app")]
