"""Say who keeps and answers what persons ask under their rights."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("access", "0021_told"), ("cases", "0006_rights_request")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "rights.sql")]
