"""Take from everybody what a new function of the heart gives by default; the grants of roles stay."""

from django.db import migrations

from concordat.core.migration_sql import call


class Migration(migrations.Migration):
    dependencies = [("access", "0009_embargo")]

    operations = [call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC")]
