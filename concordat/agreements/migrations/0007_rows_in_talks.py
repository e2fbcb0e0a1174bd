"""Talk about single rows of the table of rules, beside the words of clauses."""

import django.db.models.deletion
from pathlib import Path
from django.db import migrations, models

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0006_gap'),
        ('organisations', '0002_sort_keys'),
        ('people', '0010_token'),
    ]

    operations = [
        migrations.AddField(
            model_name='suggestion',
            name='rule',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.sharingrule'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='row',
            field=models.JSONField(editable=False, null=True, verbose_name='Row of the table'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('row__isnull', True), ('rule', None)), models.Q(('code', 'ISP-4'), ('row__isnull', False), ('wording', '')), _connector='OR'), name='suggestion_is_of_words_or_of_a_row'),
        ),
        run_file(Path(__file__).parent.parent / "sql" / "talks.sql"),
    ]
