"""Ask for all links, and for all cells of a question, at once."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file


# what stands under these names now takes other arguments
GONE = (
    "missing_by_agreements(uuid, int, smallint, text)", "missing_by_mandates(uuid, int, smallint, text)",
    "conditions_for_me(int, smallint, text)", "missing_from(uuid, int, smallint, text)",
    "why(uuid, int, smallint, text)",
)  # fmt: skip

# as in policies.sql: asked once for a statement instead of for every row of a long list
DELETE_OWN_NAMES = """
SELECT access.policy('cases_nametoken', 'delete_own', 'DELETE', 'PERMISSIVE',
    'USING (owner_id = (SELECT access.my_organisation()) AND case_id NOT IN (SELECT access.my_restrictions())
            AND ((SELECT access.i_see_whole()) OR case_id IN (SELECT access.my_own_cases())))')
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0010_nothing_for_everybody"), ("ledger", "0004_bearer_by_length")]
    operations = [
        run_file(Path(__file__).parent.parent / "sql" / "asker.sql"),
        run_file(Path(__file__).parent.parent / "sql" / "explain.sql"),
        *(call(f"DROP FUNCTION IF EXISTS access.{name}") for name in GONE),
        call(DELETE_OWN_NAMES),
        call("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC"),
    ]
