"""Who is responsible for which record, as it was agreed and stated."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):
    dependencies = [("agreements", "0008_open_part"), ("controllers", "0002_protect"), ("access", "0032_asked_once")]
    operations = [run_file(Path(__file__).parent.parent / "sql" / "controllers.sql")]
