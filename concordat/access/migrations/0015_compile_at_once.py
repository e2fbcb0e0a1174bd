"""Work out once what is in force for a recipient, and keep the plans."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

GONE = ("compile_frameworks(int)", "compile_terms(int)", "compile_grants(int)")


class Migration(migrations.Migration):
    dependencies = [("access", "0014_links_at_a_case")]
    operations = [
        run_file(Path(__file__).parent.parent / "sql" / "compile.sql"),
        *(call(f"DROP FUNCTION IF EXISTS access.{name}") for name in GONE),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
    ]
