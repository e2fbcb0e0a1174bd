"""What an export holds of assessments of the effect on rights, and of the law under which data are kept."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_protect"), ("impact", "0002_protect"), ("controllers", "0002_protect")]
    operations = [run_file(SQL / "contents.sql")]
