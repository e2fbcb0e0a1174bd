"""Give the sign-in role its tables and nobody else; install how an invitation is taken up."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("ledger", "0002_install"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "signin.sql")]
