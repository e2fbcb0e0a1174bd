"""Say on the page of a case what agreements, posts and papers give on another day, or if a version were signed."""

from pathlib import Path

from django.db import migrations

from concordat.core.migration_sql import run_file

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("access", "0025_warnings")]
    operations = [run_file(SQL / "told.sql"), run_file(SQL / "suppose.sql")]
