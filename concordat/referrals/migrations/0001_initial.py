import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agreements', '0002_freeze'),
        ('cases', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '0002_signin'),
    ]

    operations = [
        migrations.CreateModel(
            name='EndReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('summary', models.TextField(verbose_name='What was done')),
                ('onward', models.TextField(blank=True, verbose_name='What should go on, and who could do it')),
                ('in_wind_down', models.BooleanField(default=False, editable=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.UniqueConstraint(fields=('link',), name='end_report_is_one_for_each_link'), models.CheckConstraint(condition=models.Q(('summary', ''), _negated=True), name='end_report_says_what_was_done')],
            },
        ),
        migrations.CreateModel(
            name='GoalSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='Version')),
                ('why_changed', models.CharField(blank=True, max_length=300, verbose_name='Why it changed')),
                ('person_signed_on', models.DateField(blank=True, null=True, verbose_name='Signed by the person on')),
                ('person_declined', models.BooleanField(default=False, verbose_name='The person would rather not sign')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='goal_set_number_is_unique_in_a_case'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('why_changed', ''), _negated=True), _connector='OR'), name='goal_set_change_has_a_reason'), models.CheckConstraint(condition=models.Q(('person_signed_on', None), ('person_declined', False), _connector='OR'), name='person_signs_goals_or_declines')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('text', models.CharField(max_length=200, verbose_name='Goal')),
                ('target', models.CharField(choices=[('attitudes', 'Attitudes'), ('behaviour', 'Behaviour'), ('both', 'Attitudes and behaviour'), ('skills', 'Skills'), ('wellbeing', 'Wellbeing'), ('ties', 'Ties')], max_length=10, verbose_name='What it is about')),
                ('measure', models.CharField(max_length=200, verbose_name='Measured by')),
                ('threshold', models.CharField(max_length=200, verbose_name='Counts as reached when')),
                ('measured_by', models.CharField(max_length=120, verbose_name='Who measures')),
                ('goal_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='referrals.goalset')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.CheckConstraint(condition=models.Q(('target__in', ['attitudes', 'behaviour', 'both', 'skills', 'wellbeing', 'ties'])), name='goal_declares_its_target'), models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 5)), name='goals_are_at_most_five'), models.UniqueConstraint(fields=('goal_set', 'position'), name='goal_position_is_taken_once'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('measure', ''), _negated=True), models.Q(('threshold', ''), _negated=True), models.Q(('measured_by', ''), _negated=True)), name='goal_says_how_it_is_measured')],
            },
        ),
        migrations.CreateModel(
            name='GoalSignature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('goal_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='referrals.goalset')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('goal_set', 'organisation'), name='goals_are_signed_once')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('outcome', models.CharField(max_length=200, verbose_name='Desired outcome')),
                ('achievement', models.CharField(choices=[('achieved', 'Achieved'), ('partly', 'Partly achieved'), ('not', 'Not achieved'), ('not_known', 'Cannot be said')], max_length=10, verbose_name='How far')),
                ('comment', models.CharField(max_length=500, verbose_name='In words')),
                ('end_report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='referrals.endreport')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('end_report', 'position'), name='outcome_is_answered_once'), models.CheckConstraint(condition=models.Q(('comment', ''), _negated=True), name='outcome_is_put_in_words'), models.CheckConstraint(condition=models.Q(('achievement__in', ['achieved', 'partly', 'not', 'not_known'])), name='achievement_is_one_of_the_words')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reference', models.CharField(max_length=12)),
                ('need', models.CharField(choices=[('mentoring', 'Somebody to talk to: mentoring'), ('education', 'Education'), ('work', 'Work and skills'), ('psychological', 'Psychological support'), ('faith', 'Faith and values dialogue'), ('family', 'Family'), ('trauma', 'Trauma'), ('substance', 'Substance use'), ('housing', 'Housing after release'), ('exit', 'Leaving a violent group'), ('creative', 'Arts and sport')], max_length=16, verbose_name='Need')),
                ('child_rules', models.BooleanField(default=True, editable=False, verbose_name='The rules for children apply')),
                ('text', models.TextField(verbose_name='What the provider will read')),
                ('desired_outcomes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None, verbose_name='Desired outcomes')),
                ('checked_by', models.CharField(blank=True, max_length=120, verbose_name='Checked by')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='Checked on')),
                ('acknowledge_due', models.DateField(editable=False, null=True)),
                ('answer_due', models.DateField(editable=False, null=True)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.place')),
                ('sent_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals_received', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='EvaluationPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('evaluator_name', models.CharField(max_length=120, verbose_name='Name of the evaluator')),
                ('question', models.CharField(max_length=300, verbose_name='What is to be found out')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('delivered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Evaluated by')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation_plans', to='referrals.referral')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('evaluator', models.F('delivered_by')), _negated=True), name='deliverer_does_not_evaluate')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('acknowledged_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('accepted', models.BooleanField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Reason, if you want to give one')),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('referral', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted', None), ('accepted', False), models.Q(('case__isnull', False), ('link__isnull', False)), _connector='OR'), name='accepted_answer_has_its_case'), models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('answered_at', None), ('answered_by', None)), models.Q(('accepted__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answer_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('held_on', models.DateField(verbose_name='Held on')),
                ('own_words', models.TextField(blank=True, verbose_name="In the person's own words")),
                ('next_due', models.DateField(verbose_name='Next review by')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-held_on', '-created_at'],
                'constraints': [models.UniqueConstraint(fields=('link', 'held_on'), name='review_is_one_a_day'), models.CheckConstraint(condition=models.Q(('next_due__gt', models.F('held_on'))), name='next_review_comes_after_this_one')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', models.CharField(choices=[('person', 'The person'), ('provider', 'The provider'), ('referrer', 'The referrer')], max_length=8, verbose_name='Whose view')),
                ('text', models.CharField(max_length=1000, verbose_name='What they see differently')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='referrals.review')),
            ],
            options={
                'ordering': ['party'],
                'constraints': [models.UniqueConstraint(fields=('review', 'party'), name='position_is_one_for_each_party'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='position_is_put_in_words'), models.CheckConstraint(condition=models.Q(('party__in', ['person', 'provider', 'referrer'])), name='position_names_its_party')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('activity', models.CharField(choices=[('policy', 'Policy and legislation'), ('monitoring', 'Monitoring of places'), ('support', 'Community support'), ('staff', 'Selection and training of staff'), ('assessment', 'Assessment'), ('custody', 'Work with people in custody'), ('families', 'Work with families and communities'), ('reintegration', 'Reintegration'), ('supervision', 'Supervision after release'), ('stigma', 'Reducing stigma'), ('oversight', 'Oversight by statute')], default='custody', max_length=16)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('description', models.TextField(blank=True, verbose_name='What happens')),
                ('method', models.TextField(verbose_name='Method, and why it should help')),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('mentoring', 'Somebody to talk to: mentoring'), ('education', 'Education'), ('work', 'Work and skills'), ('psychological', 'Psychological support'), ('faith', 'Faith and values dialogue'), ('family', 'Family'), ('trauma', 'Trauma'), ('substance', 'Substance use'), ('housing', 'Housing after release'), ('exit', 'Leaving a violent group'), ('creative', 'Arts and sport')], max_length=16), size=None, verbose_name='Helps with')),
                ('target', models.CharField(choices=[('attitudes', 'Attitudes'), ('behaviour', 'Behaviour'), ('both', 'Attitudes and behaviour'), ('skills', 'Skills'), ('wellbeing', 'Wellbeing'), ('ties', 'Ties')], max_length=10, verbose_name='Target')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='Languages')),
                ('sexes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Other'), ('unknown', 'Not stated')], max_length=8), size=None, verbose_name='For')),
                ('age_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('under_18', 'Under 18'), ('young', '18 to 25'), ('adult', 'Over 25')], max_length=8), size=None, verbose_name='Age groups')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='Places in the service')),
                ('free_places', models.CharField(choices=[('some', 'Places free'), ('few', 'Few places free'), ('none', 'No place free at the moment')], default='some', max_length=4, verbose_name='Free places')),
                ('free_places_on', models.DateField(default=datetime.date.today, editable=False)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='organisations.organisation')),
                ('terms', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreement')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('target__in', ['attitudes', 'behaviour', 'both', 'skills', 'wellbeing', 'ties'])), name='service_declares_its_target'), models.CheckConstraint(condition=models.Q(('method', ''), _negated=True), name='service_declares_its_method')],
            },
        ),
        migrations.AddField(
            model_name='referral',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referrals.service'),
        ),
        migrations.CreateModel(
            name='ServicePlace',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.place')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='referrals.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'place'), name='service_is_offered_once_at_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('starts_at', models.DateTimeField(verbose_name='When')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Minutes')),
                ('held', models.BooleanField(verbose_name='Was it held?')),
                ('cause', models.CharField(blank=True, choices=[('person', 'The person'), ('provider', 'The provider'), ('prison', 'The prison'), ('transport', 'Transport'), ('security', 'Security'), ('other', 'Something else')], max_length=10, verbose_name='Why not')),
                ('entered_later', models.BooleanField(default=False, editable=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cause', ''), ('held', True), ('minutes__isnull', False)), models.Q(('cause__in', ['person', 'provider', 'prison', 'transport', 'security', 'other']), ('held', False), ('minutes', None)), _connector='OR'), name='session_is_held_or_has_a_cause'), models.CheckConstraint(condition=models.Q(('minutes', None), models.Q(('minutes__gte', 1), ('minutes__lte', 600)), _connector='OR'), name='session_lasted_minutes_to_hours'), models.UniqueConstraint(fields=('case', 'starts_at'), name='session_is_recorded_once')],
            },
        ),
        migrations.CreateModel(
            name='HeadingNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('heading', models.CharField(choices=[('routine', 'Everyday routine'), ('ties', 'Ties to people outside'), ('skills', 'Skills and work'), ('wellbeing', 'Wellbeing'), ('cooperation', 'Taking part in the service'), ('outlook', 'Outlook and views')], max_length=16, verbose_name='Heading')),
                ('text', models.CharField(max_length=500, verbose_name='Note')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='referrals.review')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='referrals.session')),
            ],
            options={
                'ordering': ['heading'],
                'constraints': [models.UniqueConstraint(fields=('session', 'heading'), name='heading_is_noted_once_a_session'), models.UniqueConstraint(fields=('review', 'heading'), name='heading_is_noted_once_a_review'), models.CheckConstraint(condition=models.Q(models.Q(('review__isnull', False), ('session', None)), models.Q(('review', None), ('session__isnull', False)), _connector='OR'), name='note_is_of_a_session_or_a_review'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('text', models.TextField(verbose_name='What concerns you')),
                ('told', models.CharField(blank=True, max_length=120, verbose_name='Whom have you told')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='referrals.session')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='concern_is_put_in_words')],
            },
        ),
        migrations.CreateModel(
            name='EarlyEnd',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('reason', models.CharField(choices=[('mistake', 'Referred by mistake or twice'), ('needs_met', 'Needs met elsewhere'), ('moved', 'Moved away'), ('person', "The person's own choice"), ('provider', 'The provider cannot go on'), ('completed', 'Completed early'), ('other', 'Something else')], max_length=10, verbose_name='Reason')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='Comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['mistake', 'needs_met', 'moved', 'person', 'provider', 'completed', 'other'])), name='early_end_has_a_listed_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('owner', 'reference'), name='referral_reference_is_unique_to_its_owner'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='referral_sending_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(models.Q(('checked_by', ''), _negated=True), ('checked_on__isnull', False)), _connector='OR'), name='referral_is_checked_before_it_is_sent'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('text', ''), _negated=True), _connector='OR'), name='referral_has_a_text_when_sent'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('desired_outcomes__len__gte', 1), ('desired_outcomes__len__lte', 5)), _connector='OR'), name='referral_asks_for_one_to_five_outcomes'),
        ),
    ]
