import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=40, verbose_name='Reference')),
                ('working_code', models.CharField(max_length=20, verbose_name='Working code')),
                ('service_purpose', models.CharField(max_length=200, verbose_name='What service is asked for')),
                ('source_identifier', models.CharField(blank=True, max_length=80, verbose_name='Number in the source')),
                ('child_rules', models.BooleanField(default=True, verbose_name='The rules for children apply')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('closed_at', models.DateTimeField(editable=False, null=True)),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_default=[], default=list, editable=False, size=None)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='organisations.organisation')),
            ],
            options={
                'ordering': ['reference'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'reference'), name='case_reference_is_unique_to_its_owner'), models.UniqueConstraint(condition=models.Q(('source_identifier', ''), _negated=True), fields=('owner', 'source_identifier'), name='case_source_identifier_is_unique_to_its_owner'), models.CheckConstraint(condition=models.Q(('service_purpose', ''), _negated=True), name='case_states_a_service_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('activity', models.CharField(choices=[('policy', 'Policy and legislation'), ('monitoring', 'Monitoring of places'), ('support', 'Community support'), ('staff', 'Selection and training of staff'), ('assessment', 'Assessment'), ('custody', 'Work with people in custody'), ('families', 'Work with families and communities'), ('reintegration', 'Reintegration'), ('supervision', 'Supervision after release'), ('stigma', 'Reducing stigma'), ('oversight', 'Oversight by statute')], max_length=16)),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='cases.case')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('case', 'membership', 'activity'), name='assignment_is_made_once')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('declared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='cases.case')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('membership', 'case'), name='conflict_is_declared_once')],
            },
        ),
        migrations.CreateModel(
            name='DateRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('fact', models.CharField(max_length=80, verbose_name='Fact')),
                ('on', models.DateField(verbose_name='On')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__gte', 1), ('category__lte', 55), models.Q(('category__in', [20, 33]), _negated=True)), name='date_record_category_may_be_stored')],
            },
        ),
        migrations.CreateModel(
            name='ExistenceRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('category__gte', 1), ('category__lte', 55), models.Q(('category__in', [20, 33]), _negated=True)), name='existence_record_category_may_be_stored'), models.UniqueConstraint(fields=('case', 'category'), name='existence_is_said_once')],
            },
        ),
        migrations.CreateModel(
            name='FullRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('text', models.TextField(verbose_name='Text')),
                ('about_on', models.DateField(default=datetime.date.today, verbose_name='About the day')),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='Source')),
                ('is_opinion', models.BooleanField(default=False, verbose_name='An opinion, not a fact')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-about_on', '-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__gte', 1), ('category__lte', 55), models.Q(('category__in', [20, 33]), _negated=True)), name='full_record_category_may_be_stored')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('family_name', models.CharField(max_length=120, verbose_name='Family name')),
                ('given_names', models.CharField(blank=True, max_length=120, verbose_name='Given names')),
                ('sort_key', models.CharField(editable=False, max_length=250)),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='Birth date')),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Other'), ('unknown', 'Not stated')], default='unknown', max_length=8, verbose_name='Sex')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='Languages')),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, editable=False, size=None)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case',), name='identity_is_one_for_each_case')],
            },
        ),
        migrations.CreateModel(
            name='IdentitySummary',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('called', models.CharField(max_length=80, verbose_name='Called')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='Languages')),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Other'), ('unknown', 'Not stated')], default='unknown', max_length=8, verbose_name='Sex')),
                ('age_group', models.CharField(max_length=20, verbose_name='Age group')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case',), name='identity_summary_is_one_for_each_case')],
            },
        ),
        migrations.CreateModel(
            name='KeyDates',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sentence_start', models.DateField(blank=True, null=True, verbose_name='Sentence began')),
                ('release_date', models.DateField(blank=True, null=True, verbose_name='Release date')),
                ('release_date_kind', models.CharField(blank=True, max_length=40, verbose_name='How sure the date is')),
                ('edited', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, editable=False, size=None)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case',), name='key_dates_are_one_for_each_case')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('activity', models.CharField(choices=[('policy', 'Policy and legislation'), ('monitoring', 'Monitoring of places'), ('support', 'Community support'), ('staff', 'Selection and training of staff'), ('assessment', 'Assessment'), ('custody', 'Work with people in custody'), ('families', 'Work with families and communities'), ('reintegration', 'Reintegration'), ('supervision', 'Supervision after release'), ('stigma', 'Reducing stigma'), ('oversight', 'Oversight by statute')], max_length=16)),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('authority_case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_to_civil', to='cases.case')),
                ('civil', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('civil_case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='links_to_authority', to='cases.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('authority_case', 'civil_case', 'activity'), name='link_is_made_once')],
            },
        ),
        migrations.CreateModel(
            name='NameToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token', models.BigIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('informer', models.CharField(choices=[('provider', 'Somebody of the organisation that offers the service'), ('neutral', 'Somebody neutral, such as an advocate or a chaplain')], db_default='provider', default='provider', max_length=8, verbose_name='Who informed the person')),
                ('informed_by', models.CharField(max_length=120, verbose_name='Name of who informed the person')),
                ('informed_at', models.DateTimeField(verbose_name='Informed on')),
                ('interpreter', models.CharField(blank=True, max_length=120, verbose_name='Interpreter, not from the unit')),
                ('teach_back', models.BooleanField(default=False, verbose_name='The person explained it back in their own words')),
                ('headings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('routine', 'Everyday routine'), ('ties', 'Ties to people outside'), ('skills', 'Skills and work'), ('wellbeing', 'Wellbeing'), ('cooperation', 'Taking part in the service'), ('outlook', 'Outlook and views')], max_length=16), blank=True, default=list, size=None)),
                ('signed', models.CharField(choices=[('signature', 'By signature'), ('mark', 'By a mark'), ('oral', 'In words, before a witness')], db_default='signature', default='signature', max_length=9, verbose_name='How the person agreed')),
                ('witness', models.CharField(blank=True, db_default='', max_length=120, verbose_name='Witness')),
                ('copy_given', models.CharField(max_length=120, verbose_name='How the person got a copy')),
                ('contest_route', models.CharField(max_length=200, verbose_name='How the person can contest it')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(verbose_name='Renew by')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_by_route', models.CharField(blank=True, choices=[('said', 'Said to somebody in the organisation'), ('slip', 'On a withdrawal slip'), ('phone', 'By phone'), ('lawyer', 'Through a lawyer'), ('other', 'Another way')], editable=False, max_length=8)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by_route', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by_route', ''), _negated=True)), _connector='OR'), name='withdrawal_is_whole'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='participation_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('informer__in', ['provider', 'neutral'])), name='participation_informed_by_provider_or_neutral'), models.CheckConstraint(condition=models.Q(('teach_back', True)), name='participation_was_explained_back'), models.CheckConstraint(condition=models.Q(('copy_given', ''), _negated=True), name='participation_leaves_a_copy'), models.CheckConstraint(condition=models.Q(('contest_route', ''), _negated=True), name='participation_can_be_contested'), models.CheckConstraint(condition=models.Q(('starts_at__gte', django.db.models.expressions.CombinedExpression(models.F('informed_at'), '+', models.Value(datetime.timedelta(days=1))))), name='participation_waited_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('signed', 'oral'), _negated=True), models.Q(('witness', ''), _negated=True), _connector='OR'), name='spoken_participation_has_a_witness')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('arrived_on', models.DateField(blank=True, null=True, verbose_name='Arrived on')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('from_source', models.BooleanField(db_default=False, default=False, editable=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.place')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('case',), name='placement_now_is_one'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='placement_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='RelativeAgreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relative_agreements', to='cases.link')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(max_length=200, verbose_name='Ground')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='cases.case')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('membership', None), ('organisation__isnull', False)), models.Q(('membership__isnull', False), ('organisation', None)), _connector='OR'), name='restriction_names_one_viewer')],
            },
        ),
        migrations.CreateModel(
            name='SummaryRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('text', models.TextField(verbose_name='Summary')),
                ('checked_by', models.CharField(max_length=120, verbose_name='Checked by')),
                ('about_on', models.DateField(default=datetime.date.today, verbose_name='About the day')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-about_on', '-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__gte', 1), ('category__lte', 55), models.Q(('category__in', [20, 33]), _negated=True)), name='summary_record_category_may_be_stored')],
            },
        ),
        migrations.CreateModel(
            name='ThresholdRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('text', models.TextField(verbose_name='The least that has to be said')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__gte', 1), ('category__lte', 55), models.Q(('category__in', [20, 33]), _negated=True)), name='threshold_record_category_may_be_stored')],
            },
        ),
        migrations.AddIndex(
            model_name='nametoken',
            index=models.Index(fields=['token'], name='cases_nametoken_token'),
        ),
    ]
