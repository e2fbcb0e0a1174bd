"""Raise a disagreement, which keeps everything as it is."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from pathlib import Path
from django.db import migrations, models

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0004_paper'),
        ('organisations', '0002_sort_keys'),
        ('people', '0010_token'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(max_length=500, verbose_name='What you disagree about')),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('outcome', models.CharField(blank=True, max_length=500, verbose_name='How it was settled')),
                ('settled_at', models.DateTimeField(editable=False, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='agreements.agreement')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('raised_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('settled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'ordering': ['-raised_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('about', ''), _negated=True), name='dispute_says_about_what'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='dispute_settling_is_whole'), models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('agreement',), name='dispute_is_one_at_a_time')],
            },
        ),
        run_file(Path(__file__).parent.parent / "sql" / "disputes.sql"),
    ]
