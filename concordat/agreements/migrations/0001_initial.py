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
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('framework', 'Framework agreement'), ('protocol', 'Information-sharing protocol'), ('terms', 'Activity terms')], max_length=9, verbose_name='Kind')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='Reference')),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('activity', models.CharField(blank=True, choices=[('policy', 'Policy and legislation'), ('monitoring', 'Monitoring of places'), ('support', 'Community support'), ('staff', 'Selection and training of staff'), ('assessment', 'Assessment'), ('custody', 'Work with people in custody'), ('families', 'Work with families and communities'), ('reintegration', 'Reintegration'), ('supervision', 'Supervision after release'), ('stigma', 'Reducing stigma'), ('oversight', 'Oversight by statute')], max_length=16, verbose_name='Activity')),
                ('time_zone', models.CharField(default='UTC', max_length=60, verbose_name='Time zone')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('framework', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='below', to='agreements.agreement')),
                ('party_a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('party_b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('party_a__lt', models.F('party_b'))), name='agreement_parties_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('framework', None), ('kind', 'framework')), models.Q(models.Q(('kind', 'framework'), _negated=True), ('framework__isnull', False)), _connector='OR'), name='agreement_below_a_framework'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'terms'), models.Q(('activity', ''), _negated=True)), models.Q(models.Q(('kind', 'terms'), _negated=True), ('activity', '')), _connector='OR'), name='agreement_terms_name_their_activity')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='closure_confirmation_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=500, verbose_name='Reason')),
                ('ground', models.CharField(blank=True, choices=[('safety', "Danger to a person's safety"), ('breach', 'Serious breach of this agreement'), ('data', 'Personal data were exposed'), ('law', 'A law or court order forbids it')], max_length=8, verbose_name='Ground, when it ends without notice')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='agreements.agreement')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('activity', models.CharField(choices=[('policy', 'Policy and legislation'), ('monitoring', 'Monitoring of places'), ('support', 'Community support'), ('staff', 'Selection and training of staff'), ('assessment', 'Assessment'), ('custody', 'Work with people in custody'), ('families', 'Work with families and communities'), ('reintegration', 'Reintegration'), ('supervision', 'Supervision after release'), ('stigma', 'Reducing stigma'), ('oversight', 'Oversight by statute')], max_length=16)),
                ('statute', models.CharField(max_length=200, verbose_name='Statute')),
                ('whole_team', models.BooleanField(default=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='organisations.organisation')),
                ('over', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='MandateCell',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')])),
                ('form', models.CharField(choices=[('full', 'In full'), ('summary', 'Summary'), ('date', 'Date or fact only'), ('existence', 'Only that it exists'), ('threshold', 'Only above the threshold')], max_length=9)),
                ('purpose', models.CharField(choices=[('intervention', 'to deliver or follow a service in custody'), ('family_support', 'to support families'), ('reintegration', 'to prepare and support release'), ('supervision', 'to supervise after release'), ('monitoring', 'to monitor places of detention'), ('assessment', 'to assess'), ('oversight', 'to oversee under a statute'), ('administration', "to run one's own organisation")], max_length=16)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='agreements.mandate')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', [20, 33]), _negated=True), name='mandate_category_may_be_given')],
            },
        ),
        migrations.CreateModel(
            name='MandatePlace',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='agreements.mandate')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.place')),
            ],
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(choices=[('safety', "Danger to a person's safety"), ('breach', 'Serious breach of this agreement'), ('data', 'Personal data were exposed'), ('law', 'A law or court order forbids it')], max_length=8, verbose_name='Ground')),
                ('explanation', models.CharField(max_length=500, verbose_name='Explanation')),
                ('making_up', models.CharField(blank=True, max_length=500, verbose_name='How what is called off is made up for')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(verbose_name='Lapses')),
                ('lifted_at', models.DateTimeField(editable=False, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='agreements.agreement')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('lifted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ground__in', ['safety', 'breach', 'data', 'law'])), name='suspension_ground_is_listed'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value(datetime.timedelta(days=14))))), name='suspension_lapses'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='suspension_lifting_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='Version')),
                ('first_day', models.DateField(verbose_name='In force from')),
                ('last_day', models.DateField(verbose_name='Last day')),
                ('starts_at', models.DateTimeField(editable=False)),
                ('ends_at', models.DateTimeField(editable=False)),
                ('whole_team_of', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, default=list, size=None, verbose_name='Whole team of')),
                ('document', models.TextField(blank=True, editable=False)),
                ('hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('proposed_at', models.DateTimeField(editable=False, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='agreements.agreement')),
                ('drafted_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('drafted_for', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('proposed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='version_number_is_unique'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='version_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('hash', ''), ('proposed_at', None), ('proposed_by', None)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('hash', ''), _negated=True), models.Q(('document', ''), _negated=True)), _connector='OR'), name='version_proposal_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='TermsRequirement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('clearance', models.CharField(blank=True, choices=[('basic', 'Basic'), ('enhanced', 'Enhanced')], max_length=8, verbose_name='Clearance')),
                ('trainings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='Courses')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agreements.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'organisation'), name='requirement_is_one_for_each_party')],
            },
        ),
        migrations.CreateModel(
            name='TermsPlace',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.place')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agreements.version')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('hash', models.CharField(max_length=64)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.version')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'organisation'), name='signature_is_one_for_each_party')],
            },
        ),
        migrations.CreateModel(
            name='SharingRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('form', models.CharField(choices=[('full', 'In full'), ('summary', 'Summary'), ('date', 'Date or fact only'), ('existence', 'Only that it exists'), ('threshold', 'Only above the threshold')], max_length=9, verbose_name='Form')),
                ('purpose', models.CharField(choices=[('intervention', 'to deliver or follow a service in custody'), ('family_support', 'to support families'), ('reintegration', 'to prepare and support release'), ('supervision', 'to supervise after release'), ('monitoring', 'to monitor places of detention'), ('assessment', 'to assess'), ('oversight', 'to oversee under a statute'), ('administration', "to run one's own organisation")], max_length=16, verbose_name='Purpose')),
                ('role', models.CharField(choices=[('signatory', 'Authorised signatory'), ('partnership_officer', 'Partnership officer'), ('programme_manager', 'Programme manager'), ('case_officer', 'Case officer'), ('security_manager', 'Security manager'), ('import_officer', 'Import officer'), ('data_protection', 'Data protection officer'), ('coordinator', 'Coordinator'), ('facilitator', 'Mentor or facilitator'), ('director', 'Director'), ('monitor', 'Monitor'), ('administrator', 'Administrator, no content')], max_length=24, verbose_name='To the role')),
                ('condition', models.CharField(choices=[('none', 'always'), ('participation', 'while the person agrees'), ('relative', 'while the relative agrees')], default='none', max_length=13, verbose_name='Condition')),
                ('basis', models.CharField(max_length=200, verbose_name='Legal basis')),
                ('clause', models.CharField(default='ISP-4', max_length=8, verbose_name='Clause')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='From')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='Until')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Gives')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='Receives')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agreements.version')),
            ],
            options={
                'ordering': ['owner_id', 'category'],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', [20, 33]), _negated=True), name='rule_category_may_be_given'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='rule_has_a_basis'), models.CheckConstraint(condition=models.Q(('owner', models.F('recipient')), _negated=True), name='rule_gives_to_another')],
            },
        ),
        migrations.CreateModel(
            name='Prohibition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('category', models.SmallIntegerField(choices=[(1, 'Identity and contact'), (2, 'That there is a case, and its status'), (3, 'Place and transfers'), (4, 'Sentence and key dates'), (5, 'Offence summary'), (6, 'Security class and regime'), (7, 'Safety briefing'), (8, 'Full assessment'), (9, 'Needs'), (10, 'Physical health'), (11, 'Mental health'), (12, 'Religion or belief, ethnicity'), (13, 'Education, skills and work'), (14, 'Housing'), (15, 'Money, identity papers, benefits'), (16, 'Family and network'), (17, 'That visits or calls took place'), (18, 'Attendance'), (19, 'Progress under agreed headings'), (20, 'What is said in sessions'), (21, 'Licence conditions'), (22, 'Supervision contacts'), (23, 'Breach and recall'), (24, 'Observation by civil society, with its context'), (25, 'Complaint or allegation'), (26, 'Interviews with independent monitors'), (27, 'Safeguarding concern'), (28, 'Serious and imminent harm'), (29, 'Data about victims'), (30, 'Exposure in the media'), (31, "The person's own agreements"), (32, 'Information from third parties'), (33, 'Derived from intelligence'), (34, 'Nationality and immigration'), (35, 'Records of children and their best interests'), (36, 'Requests of the person under their rights'), (37, 'Worker: working name and role'), (38, 'Worker: outcome of vetting'), (39, 'Worker: training'), (40, 'Worker: threat and protection'), (41, 'Worker: wellbeing and supervision'), (42, 'Worker: conflict of interest'), (43, 'Conditions in a place, in total'), (44, 'Draft findings'), (45, 'Published findings'), (46, 'Security-sensitive detail'), (47, 'Draft policy, open part'), (48, 'Draft policy, restricted annex'), (49, 'Research: proposals and terms'), (50, 'Research: data'), (51, 'Research: manuscripts'), (52, 'Communication: planned messages'), (53, 'Communication: published messages'), (54, 'Agreement, open part'), (55, 'Agreement, restricted part')], verbose_name='Category')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agreements.version')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FundingLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField(verbose_name='Due on')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Amount')),
                ('currency', models.CharField(max_length=3, verbose_name='Currency')),
                ('reason', models.CharField(max_length=200, verbose_name='For, or why nothing is paid')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agreements.version')),
            ],
            options={
                'ordering': ['due_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='funding_is_not_negative'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='funding_says_what_for')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8, verbose_name='Clause')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('wording', models.TextField(verbose_name='Wording')),
                ('parameters', models.JSONField(blank=True, default=dict, verbose_name='Parameters')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='agreements.version')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('version', 'code'), name='clause_stands_once_in_a_version')],
            },
        ),
    ]
