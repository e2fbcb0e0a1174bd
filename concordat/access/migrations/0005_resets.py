"""Say who may ask for a second factor to be taken off, and that two people do it."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0004_notices"), ("people", "0004_lost_factor"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "resets.sql")]
