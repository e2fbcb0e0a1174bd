"""Talk about the clauses of a proposed text: proposals and answers, each a row that is written once."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from pathlib import Path
from django.db import migrations, models

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0002_freeze'),
        ('organisations', '0002_sort_keys'),
        ('people', '0010_token'),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8, verbose_name='Clause')),
                ('wording', models.TextField(verbose_name='Words')),
                ('parameters', models.JSONField(blank=True, default=dict, verbose_name='Answers')),
                ('comment', models.CharField(max_length=500, verbose_name='Why')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('counters', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='countered_by', to='agreements.suggestion')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='agreements.version')),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('accepted', models.BooleanField(verbose_name='Your answer')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='Why')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('suggestion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='agreements.suggestion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted', True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='reply_says_why_not')],
            },
        ),
        run_file(Path(__file__).parent.parent / "sql" / "talks.sql"),
    ]
