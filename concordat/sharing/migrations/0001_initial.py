import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '0002_signin'),
    ]

    operations = [
        migrations.CreateModel(
            name='SafetyBriefing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='Version')),
                ('how_to_meet', models.TextField(verbose_name='How to meet safely')),
                ('triggers', models.TextField(blank=True, verbose_name='What may upset or endanger')),
                ('keep_apart', models.TextField(blank=True, verbose_name='To be kept apart from (codes)')),
                ('items', models.TextField(blank=True, verbose_name='Items')),
                ('threats', models.TextField(blank=True, verbose_name='Known threats to or from the person')),
                ('language', models.CharField(blank=True, max_length=80, verbose_name='Language')),
                ('health', models.TextField(blank=True, verbose_name='Health emergencies')),
                ('restrictions', models.TextField(blank=True, verbose_name='Rules that affect the activity')),
                ('nothing_to_add', models.BooleanField(default=False, verbose_name='There is nothing to add under the headings left empty')),
                ('what_changed', models.CharField(blank=True, max_length=200, verbose_name='What changed')),
                ('closed_check_by', models.CharField(choices=[('head_of_security', 'Head of security'), ('security_manager', 'Security manager'), ('duty_manager', 'Duty manager'), ('liaison_officer', 'Liaison officer')], max_length=16, verbose_name='Closed material was checked by')),
                ('closed_check_on', models.DateField(verbose_name='Checked on')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='briefing_number_is_unique_in_a_case'), models.CheckConstraint(condition=models.Q(('nothing_to_add', True), models.Q(models.Q(('triggers', ''), _negated=True), models.Q(('keep_apart', ''), _negated=True), models.Q(('items', ''), _negated=True), models.Q(('threats', ''), _negated=True), models.Q(('language', ''), _negated=True), models.Q(('health', ''), _negated=True), models.Q(('restrictions', ''), _negated=True)), _connector='OR'), name='briefing_is_not_left_blank'), models.CheckConstraint(condition=models.Q(('how_to_meet', ''), _negated=True), name='briefing_says_how_to_meet'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('what_changed', ''), _negated=True), _connector='OR'), name='briefing_says_what_changed'), models.CheckConstraint(condition=models.Q(('closed_check_by__in', ['head_of_security', 'security_manager', 'duty_manager', 'liaison_officer'])), name='closed_material_was_checked_by_a_post')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('briefing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.safetybriefing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('briefing', 'membership'), name='opened_once')],
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('briefing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='sharing.safetybriefing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('briefing', 'membership'), name='acknowledged_once')],
            },
        ),
        migrations.CreateModel(
            name='SafetyNotice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('text', models.TextField(verbose_name='What they must know now')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='notice_says_something')],
            },
        ),
    ]
