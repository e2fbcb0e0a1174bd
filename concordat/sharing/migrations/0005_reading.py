"""Ask of one confirmation which briefing it belongs to, not of all briefings; nothing asks for all links any more."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0014_links_at_a_case"), ("sharing", "0004_texts")]
    operations = [
        run_file(SQL / "reading.sql"),
        call("SELECT access.belong_to_whole('sharing_briefingtranslation', 'whole_id', 'sharing_safetybriefing', 'owner_id')"),
        call("DROP FUNCTION IF EXISTS access.my_participations(), access.my_links()"),
    ]
