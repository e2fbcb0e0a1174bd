import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail address')),
                ('is_active', models.BooleanField(default=True)),
                ('language', models.CharField(default='en', max_length=5, verbose_name='Language')),
                ('date_joined', models.DateTimeField(auto_now_add=True)),
                ('previous_login', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user_id', models.UUIDField(db_index=True)),
                ('shown_name', models.CharField(max_length=80, verbose_name='Name shown to others')),
                ('title', models.CharField(max_length=80, verbose_name='Post')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('signatory', 'Authorised signatory'), ('partnership_officer', 'Partnership officer'), ('programme_manager', 'Programme manager'), ('case_officer', 'Case officer'), ('security_manager', 'Security manager'), ('import_officer', 'Import officer'), ('data_protection', 'Data protection officer'), ('coordinator', 'Coordinator'), ('facilitator', 'Mentor or facilitator'), ('director', 'Director'), ('monitor', 'Monitor'), ('administrator', 'Administrator, no content')], max_length=24), size=None, verbose_name='Roles')),
                ('valid_from', models.DateTimeField(default=django.utils.timezone.now, verbose_name='From')),
                ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='Until')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.organisation')),
            ],
            options={
                'ordering': ['shown_name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='membership_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('level', models.CharField(choices=[('basic', 'Basic'), ('enhanced', 'Enhanced')], max_length=8, verbose_name='Level')),
                ('valid_from', models.DateTimeField(verbose_name='From')),
                ('valid_until', models.DateTimeField(verbose_name='Until')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Vetted by')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='people.membership')),
            ],
            options={
                'ordering': ['-valid_until'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='clearance_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('data', models.TextField()),
                ('user_agent', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-last_seen_at'],
            },
        ),
        migrations.CreateModel(
            name='KeptPost',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.TextField()),
                ('kept_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-kept_at'],
            },
        ),
        migrations.CreateModel(
            name='Persona',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='persona', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('order', models.PositiveSmallIntegerField()),
                ('story', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('membership_id', models.UUIDField(db_index=True)),
                ('email', models.EmailField(max_length=254, verbose_name='E-mail address')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.UUIDField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, verbose_name='Course')),
                ('valid_from', models.DateTimeField(verbose_name='From')),
                ('valid_until', models.DateTimeField(verbose_name='Until')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='people.membership')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='training_ends_after_it_begins')],
            },
        ),
    ]
