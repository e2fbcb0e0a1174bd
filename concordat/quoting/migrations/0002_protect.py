"""Say who reads a quotation: whoever reads both records."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("quoting", "0001_quotation"), ("access", "0032_asked_once"), ("files", "0004_files_go")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "quotations.sql")]
