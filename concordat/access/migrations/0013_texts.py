"""Let the language of a record's text be written: grants name their columns, and this one came later."""

from django.db import migrations

from concordat.core.migration_sql import call


class Migration(migrations.Migration):
    dependencies = [("access", "0012_tokens"), ("cases", "0004_texts")]
    operations = [
        *(
            call(f"ALTER TABLE cases_{kind}record ALTER COLUMN written_in SET DEFAULT ''")
            for kind in ("full", "summary", "threshold")
        ),
        call(
            "GRANT INSERT (written_in), UPDATE (written_in) "
            "ON cases_fullrecord, cases_summaryrecord, cases_thresholdrecord TO concordat_app"
        )
    ]
