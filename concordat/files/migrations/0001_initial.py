"""What a file is, its bytes, and on which records it hangs."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0002_freeze'),
        ('cases', '0003_placement_security'),
        ('organisations', '0002_sort_keys'),
        ('people', '0008_sort_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hangs_on', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('description', models.CharField(blank=True, max_length=200, verbose_name='Description')),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('clean', 'Nothing found'), ('found', 'Removed: a virus was found'), ('waiting', 'Waits for the virus scanner'), ('unscanned', 'Not looked at for viruses')], max_length=9)),
                ('found', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('ground', models.CharField(blank=True, choices=[('wrong', 'It was the wrong file'), ('others', 'It shows somebody or something that it should not'), ('needless', 'It is not needed any more')], editable=False, max_length=8, verbose_name='Why')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='files.file')),
            ],
        ),
        migrations.CreateModel(
            name='Content',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='files.file')),
                ('data', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='AgreementFile',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='files.file')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.version')),
            ],
            options={
                'ordering': ['-file__created_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ParticipationFile',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='files.file')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.participation')),
            ],
            options={
                'ordering': ['-file__created_at'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['created_at'], name='files_file_waiting'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), models.Q(('name', ''), _negated=True)), name='file_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['clean', 'found', 'waiting', 'unscanned'])), name='file_has_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', ''), ('removed_at', None), ('removed_by', None)), models.Q(('ground__in', ['wrong', 'others', 'needless']), ('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='file_removal_is_whole'),
        ),
    ]
