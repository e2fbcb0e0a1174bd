"""Files of end reports, and who sees them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from concordat.core.migration_sql import run_file


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_placement_security'),
        ('files', '0002_protect'),
        ('organisations', '0002_sort_keys'),
        ('people', '0008_sort_keys'),
        ('referrals', '0004_sort_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='EndReportFile',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='files.file')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('end_report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.endreport')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-file__created_at'],
                'abstract': False,
            },
        ),
        run_file(Path(__file__).parent.parent / "sql" / "end_report_files.sql"),
    ]
