"""Let files go with the records that they hang on, when the time of those is over."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import call, run_file


class Migration(migrations.Migration):
    dependencies = [("files", "0003_scans"), ("access", "0027_retention")]
    operations = [
        run_file(Path(__file__).parent.parent / "sql" / "protect.sql"),
        call("SELECT files.let_go_with_record(tgrelid::regclass) FROM pg_trigger WHERE tgname = 'ones_own_file'"),
    ]
