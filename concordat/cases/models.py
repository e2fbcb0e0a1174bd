"""A case and what is recorded about its person, split by category; and who works on it.

A case belongs to one organisation. Two organisations' cases of one person meet only in a `Link`, made by an accepted
referral. There is no table of persons.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import NEVER_STORED, Activity, Category
from concordat.core.languages import Written
from concordat.ledger.models import Record
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not stated")


class Case(Record):
    """That there is a case, for which service, and its status (P02)."""

    category_of = Category.P02
    case_column = "id"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    reference = models.CharField(_("Reference"), max_length=40)
    working_code = models.CharField(_("Working code"), max_length=20)
    service_purpose = models.CharField(_("What service is asked for"), max_length=200)
    source_identifier = models.CharField(_("Number in the source"), max_length=80, blank=True)
    child_rules = models.BooleanField(_("The rules for children apply"), default=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    edited = ArrayField(models.CharField(max_length=40), default=list, db_default=[], editable=False)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(name="case_reference_is_unique_to_its_owner", fields=["owner", "reference"]),
            models.UniqueConstraint(
                name="case_source_identifier_is_unique_to_its_owner",
                fields=["owner", "source_identifier"],
                condition=~Q(source_identifier=""),
            ),
            models.CheckConstraint(name="case_states_a_service_purpose", condition=~Q(service_purpose="")),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.pk])


class CaseRecord(Record):
    """Anything recorded about the person of a case, with who wrote it and when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)s_set")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class WrittenRecord(Written, CaseRecord):
    """A record with a text that somebody of another organisation may read: it carries its language."""

    class Meta(CaseRecord.Meta):
        abstract = True


class Identity(CaseRecord):
    """Name, birth date, sex and languages (P01, in full)."""

    category_of = Category.P01

    family_name = models.CharField(_("Family name"), max_length=120)
    given_names = models.CharField(_("Given names"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=250, editable=False)
    birth_date = models.DateField(_("Birth date"), null=True, blank=True)
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    languages = ArrayField(models.CharField(max_length=40), verbose_name=_("Languages"), default=list, blank=True)
    edited = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="identity_is_one_for_each_case", fields=["case"])]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class IdentitySummary(CaseRecord):
    """What a partner needs to work with the person: what they are called, languages, sex, age group (P01, summary)."""

    category_of = Category.P01

    called = models.CharField(_("Called"), max_length=80)
    languages = ArrayField(models.CharField(max_length=40), verbose_name=_("Languages"), default=list, blank=True)
    sex = models.CharField(_("Sex"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    age_group = models.CharField(_("Age group"), max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(name="identity_summary_is_one_for_each_case", fields=["case"])]

    def __str__(self) -> str:
        return self.called


class Placement(CaseRecord):
    """Where the person was, from when until when (P03, in full). The row without an end is where they are now.

    `from_source` says that a caseload file said so, and nobody entered it here. After a transfer for `security` the row
    before it stays open until other organisations may know (24 hours, see `access/sql/embargo.sql`): what they see of
    it does not change before.
    """

    category_of = Category.P03

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    arrived_on = models.DateField(_("Arrived on"), null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    from_source = models.BooleanField(default=False, db_default=False, editable=False)
    security = models.BooleanField(_("A transfer for security"), default=False, db_default=False, editable=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                name="placement_now_is_one", fields=["case", "security"], condition=Q(ends_at=None)
            ),
            models.CheckConstraint(
                name="placement_ends_after_it_begins", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.place}"


class KeyDates(CaseRecord):
    """Sentence and release dates (P04, in full)."""

    category_of = Category.P04

    sentence_start = models.DateField(_("Sentence began"), null=True, blank=True)
    release_date = models.DateField(_("Release date"), null=True, blank=True)
    release_date_kind = models.CharField(_("How sure the date is"), max_length=40, blank=True)
    edited = ArrayField(models.CharField(max_length=40), default=list, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="key_dates_are_one_for_each_case", fields=["case"])]

    def __str__(self) -> str:
        return str(self.case)


def _stored(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(category__gte=1, category__lte=55) & ~Q(category__in=[int(c) for c in NEVER_STORED])
    )


class FullRecord(WrittenRecord):
    """A text in full, of any category that may be stored."""

    category_of = "category"

    category = models.SmallIntegerField(_("Category"), choices=Category)
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    about_on = models.DateField(_("About the day"), default=date.today)
    source = models.CharField(_("Source"), max_length=120, blank=True)
    is_opinion = models.BooleanField(_("An opinion, not a fact"), default=False)

    class Meta:
        ordering = ["-about_on", "-created_at"]
        constraints = [_stored("full_record_category_may_be_stored")]

    def __str__(self) -> str:
        return self.title


class SummaryRecord(WrittenRecord):
    """A summary that somebody wrote for partners and somebody checked; never cut out of the full text by a machine."""

    category_of = "category"

    category = models.SmallIntegerField(_("Category"), choices=Category)
    text = models.TextField(_("Summary"))
    checked_by = models.CharField(_("Checked by"), max_length=120)
    about_on = models.DateField(_("About the day"), default=date.today)

    class Meta:
        ordering = ["-about_on", "-created_at"]
        constraints = [_stored("summary_record_category_may_be_stored")]

    def __str__(self) -> str:
        return self.text[:60]


class DateRecord(CaseRecord):
    """That something of this category was so on a day, no more."""

    category_of = "category"

    category = models.SmallIntegerField(_("Category"), choices=Category)
    fact = models.CharField(_("Fact"), max_length=80)
    on = models.DateField(_("On"))

    class Meta:
        ordering = ["-on"]
        constraints = [_stored("date_record_category_may_be_stored")]

    def __str__(self) -> str:
        return f"{self.fact} {self.on}"


class ExistenceRecord(CaseRecord):
    """That something of this category exists, no more."""

    category_of = "category"

    category = models.SmallIntegerField(_("Category"), choices=Category)

    class Meta:
        constraints = [
            _stored("existence_record_category_may_be_stored"),
            models.UniqueConstraint(name="existence_is_said_once", fields=["case", "category"]),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.category}"


class ThresholdRecord(WrittenRecord):
    """What was passed on because a threshold was reached: the least, and to whom it is open by a rule of its own."""

    category_of = "category"

    category = models.SmallIntegerField(_("Category"), choices=Category)
    text = models.TextField(_("The least that has to be said"))

    class Meta:
        ordering = ["-created_at"]
        constraints = [_stored("threshold_record_category_may_be_stored")]

    def __str__(self) -> str:
        return self.text[:60]


class Translation(models.Model):
    """A translation of the text of a record, by the organisation that owns it: a part of the record, written once.

    Each kind of it names its record as `whole`. `texts` holds the passages by their names. A newer one into the same
    language takes its place; none is the original.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    language = models.CharField(_("Into which language?"), max_length=3)
    texts = models.JSONField(default=dict)
    translated_by = models.CharField(_("Who translated it?"), max_length=120, blank=True)
    by_machine = models.BooleanField(_("A machine made this translation"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_says_who_translated", condition=Q(by_machine=True) | ~Q(translated_by="")
            ),
        ]

    def __str__(self) -> str:
        return self.language


class Link(models.Model):
    """Two organisations' own cases of one person, joined by an accepted referral for one activity."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    authority_case = models.ForeignKey(Case, models.PROTECT, related_name="links_to_civil", db_constraint=False)
    civil = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    civil_case = models.ForeignKey(Case, models.PROTECT, related_name="links_to_authority", db_constraint=False)
    activity = models.CharField(max_length=16, choices=Activity)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="link_is_made_once", fields=["authority_case", "civil_case", "activity"], condition=Q(ends_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Absence(models.Model):
    """A worker who is away for some days, and the colleague who covers: by assignments that end by themselves."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="absences")
    cover = models.ForeignKey(Membership, models.PROTECT, related_name="covers")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(ends_at__gte=F("starts_at"))),
            models.CheckConstraint(name="absence_is_covered_by_another", condition=~Q(membership=F("cover"))),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.starts_at:%Y-%m-%d}"


class Team(models.Model):
    """Members of one organisation who work on the same cases. It ends; what it worked on stays known."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("Name of the team"), max_length=80)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="team_name_is_one_in_its_organisation", fields=["owner", "name"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="team_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Somebody in a team, and whether they lead it: from when until when. Written once and ended once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="teams")
    leads = models.BooleanField(_("Leads the team"), default=False)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-leads", "membership__sort_key"]
        constraints = [
            models.UniqueConstraint(
                name="member_is_in_a_team_once", fields=["team", "membership"], condition=Q(ends_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.membership)


class TeamCase(models.Model):
    """A case that a team works on, for one activity. The database assigns its members, as far as they are fit."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="teams")
    activity = models.CharField(_("For what?"), max_length=16, choices=Activity)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                name="case_is_given_to_a_team_once", fields=["team", "case", "activity"], condition=Q(ends_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class Assignment(models.Model):
    """A worker assigned to a case of their own organisation. The database refuses one who is not fit for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="assignments")
    activity = models.CharField(max_length=16, choices=Activity)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    absence = models.ForeignKey(Absence, models.PROTECT, null=True, related_name="assignments")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="assignments")
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                name="assignment_is_made_once",
                fields=["case", "membership", "activity", "team"],
                condition=Q(ends_at=None),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.case}"


class Conflict(models.Model):
    """A declared conflict of interest between a worker and a case of their own organisation (S06)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="conflicts")
    case = models.ForeignKey(Case, models.PROTECT, related_name="conflicts")
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="conflict_is_declared_once", fields=["membership", "case"])]

    def __str__(self) -> str:
        return f"{self.membership} {self.case}"


class Heading(models.TextChoices):
    """What progress may be reported under, if the person chooses so. Which fit depends on a goal's target."""

    ROUTINE = "routine", _("Everyday routine")
    TIES = "ties", _("Ties to people outside")
    SKILLS = "skills", _("Skills and work")
    WELLBEING = "wellbeing", _("Wellbeing")
    COOPERATION = "cooperation", _("Taking part in the service")
    OUTLOOK = "outlook", _("Outlook and views")


class Route(models.TextChoices):
    SAID = "said", _("Said to somebody in the organisation")
    SLIP = "slip", _("On a withdrawal slip")
    PHONE = "phone", _("By phone")
    LAWYER = "lawyer", _("Through a lawyer")
    OTHER = "other", _("Another way")


class Informer(models.TextChoices):
    """Who may tell a person what the service is about. Staff of the authority may not."""

    PROVIDER = "provider", _("Somebody of the organisation that offers the service")
    NEUTRAL = "neutral", _("Somebody neutral, such as an advocate or a chaplain")


class Signed(models.TextChoices):
    """How a person says yes."""

    SIGNATURE = "signature", _("By signature")
    MARK = "mark", _("By a mark")
    ORAL = "oral", _("In words, before a witness")


class Participation(CaseRecord):
    """The person's own agreement to work with an organisation (P31), recorded by that organisation.

    Outside it shows one of two values, agreed or not currently; see `referrals.outside_view` in SQL.
    """

    category_of = Category.P31

    link = models.ForeignKey(Link, models.PROTECT, related_name="participations")
    informer = models.CharField(
        _("Who informed the person"),
        max_length=8,
        choices=Informer,
        default=Informer.PROVIDER,
        db_default=Informer.PROVIDER,
    )
    informed_by = models.CharField(_("Name of who informed the person"), max_length=120)
    informed_at = models.DateTimeField(_("Informed on"))
    interpreter = models.CharField(_("Interpreter, not from the unit"), max_length=120, blank=True)
    teach_back = models.BooleanField(_("The person explained it back in their own words"), default=False)
    headings = ArrayField(models.CharField(max_length=16, choices=Heading), default=list, blank=True)
    signed = models.CharField(
        _("How the person agreed"), max_length=9, choices=Signed, default=Signed.SIGNATURE, db_default=Signed.SIGNATURE
    )
    witness = models.CharField(_("Witness"), max_length=120, blank=True, db_default="")
    copy_given = models.CharField(_("How the person got a copy"), max_length=120)
    contest_route = models.CharField(_("How the person can contest it"), max_length=200)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(_("Renew by"))
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by_route = models.CharField(max_length=8, choices=Route, blank=True, editable=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="withdrawal_is_whole",
                condition=Q(withdrawn_at=None, withdrawn_by_route="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_route=""),
            ),
            models.CheckConstraint(name="participation_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="participation_informed_by_provider_or_neutral", condition=Q(informer__in=Informer.values)
            ),
            models.CheckConstraint(name="participation_was_explained_back", condition=Q(teach_back=True)),
            models.CheckConstraint(name="participation_leaves_a_copy", condition=~Q(copy_given="")),
            models.CheckConstraint(name="participation_can_be_contested", condition=~Q(contest_route="")),
            models.CheckConstraint(
                name="participation_waited_a_day", condition=Q(starts_at__gte=F("informed_at") + timedelta(hours=24))
            ),
            models.CheckConstraint(
                name="spoken_participation_has_a_witness", condition=~Q(signed="oral") | ~Q(witness="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)


class RelativeAgreement(CaseRecord):
    """A relative's own agreement that what concerns them may be shared (P16)."""

    category_of = Category.P31

    link = models.ForeignKey(Link, models.PROTECT, related_name="relative_agreements")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return str(self.case)


class Restriction(models.Model):
    """A person-level rule: one viewer may not see one case. Its reason is read by nobody outside its author."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="restrictions")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    ground = models.CharField(_("Ground"), max_length=200)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    request = models.ForeignKey("RightsRequest", models.PROTECT, null=True, related_name="restrictions")
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    why_ended = models.CharField(max_length=300, blank=True, default="")
    told = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="restriction_names_one_viewer",
                condition=Q(membership=None, organisation__isnull=False)
                | Q(membership__isnull=False, organisation=None),
            )
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class ListGround(models.TextChoices):
    """Why a case is open to named people only."""

    THREAT = "threat", _("The person, or somebody close to them, is under threat")
    PUBLIC = "public", _("The case is known in public")
    CLOSE = "close", _("Somebody who works with us is close to the person or to a victim")
    OTHER = "other", _("Another reason, said below")


class AllowList(models.Model):
    """A case that is open to named people only: who, why, and when that is looked at again.

    It is never changed: another list takes its place in the same second, so that it stays known who was named when.
    It does not lapse when its review is due: silence never discloses.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="allow_lists")
    named = ArrayField(models.UUIDField())
    ground = models.CharField(_("Why only they?"), max_length=6, choices=ListGround)
    reason = models.CharField(_("In words"), max_length=300)
    review_on = models.DateField(_("Looked at again on"))
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(name="allow_list_is_one_for_each_case", fields=["case"], condition=Q(ends_at=None)),
            models.CheckConstraint(
                name="allow_list_end_is_whole",
                condition=Q(ends_at=None, ended_by=None) | Q(ends_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="allow_list_says_why", condition=Q(ground__in=ListGround.values) & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


# What goes on being used whatever is asked: else nobody could work with the person, or somebody would be in danger.
ALWAYS_USED = (
    Category.P01, Category.P02, Category.P03, Category.P04, Category.P07, Category.P27, Category.P28, Category.P31,
    Category.P36,
)  # fmt: skip


class Right(models.TextChoices):
    """What a person may ask of whoever keeps records about them."""

    ACCESS = "access", _("To see what is kept about them")
    RECTIFICATION = "rectify", _("To have something put right")
    RESTRICTION = "restrict", _("To have something no longer used")
    OBJECTION = "object", _("To object to something being passed on")


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Done as asked")
    PARTLY = "partly", _("Done in part")
    REFUSED = "refused", _("Not done")


class RightsRequest(CaseRecord):
    """A request of the person under their rights (P36), by when it is answered, and the answer with its reasons.

    Each organisation answers for its own records. What was asked is written once; it is answered once.
    """

    category_of = Category.P36

    right = models.CharField(_("What do they ask for?"), max_length=8, choices=Right)
    words = models.TextField(_("What they said"))
    route = models.CharField(_("How they asked"), max_length=120)
    asked_on = models.DateField(_("Asked on"))
    due_on = models.DateField(editable=False)
    why_longer = models.CharField(_("Why it takes longer"), max_length=300, blank=True, db_default="")
    outcome = models.CharField(_("What was done"), max_length=7, choices=Outcome, blank=True, db_default="")
    answer = models.TextField(_("What they were told, and why"), blank=True, db_default="")
    told = models.CharField(_("How they were told"), max_length=120, blank=True, db_default="")
    complain_to = models.CharField(_("Where they can complain"), max_length=200, blank=True, db_default="")
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["answered_at", "due_on"]
        constraints = [
            models.CheckConstraint(
                name="rights_answer_is_whole",
                condition=Q(answered_at=None, answered_by=None, outcome="", answer="", told="", complain_to="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, outcome__in=Outcome.values)
                & ~Q(answer="")
                & ~Q(told="")
                & ~Q(complain_to=""),
            ),
            models.CheckConstraint(
                name="rights_request_says_what", condition=Q(right__in=Right.values) & ~Q(words="") & ~Q(route="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_right_display())


class UseStop(models.Model):
    """What is no longer used of a case, and is kept as evidence: one record, or a category as it stood that moment.

    While it stands, only those who answer under rights for the owner read it; for everybody else it is not there.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    request = models.ForeignKey(RightsRequest, models.PROTECT, related_name="stops")
    category = models.SmallIntegerField(null=True, choices=Category)
    kind = models.CharField(max_length=63, blank=True, default="")
    record = models.UUIDField(null=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    why_ended = models.CharField(max_length=300, blank=True, default="")
    told = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["case"], name="cases_usestop_case")]
        constraints = [
            models.CheckConstraint(
                name="stop_names_a_category_or_a_record",
                condition=Q(category__isnull=False, kind="", record=None)
                | Q(category=None, record__isnull=False) & ~Q(kind=""),
            ),
            models.CheckConstraint(
                name="stop_spares_what_everybody_needs",
                condition=Q(category=None) | ~Q(category__in=[int(one) for one in ALWAYS_USED]),
            ),
            models.CheckConstraint(
                name="stop_end_is_whole",
                condition=Q(ends_at=None, ended_by=None, why_ended="", told="")
                | Q(ends_at__isnull=False, ended_by__isnull=False) & ~Q(why_ended="") & ~Q(told=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Disagreement(Written):
    """What the person says against a record, in their words: it stands beside the record and is seen with it.

    A row names the table of its record as `kind` and the record as `record`; the policies of that very row decide who
    reads it (`access/sql/disagreement.sql`). It is written once; another statement stands after it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=63)
    record = models.UUIDField()
    words = models.TextField(_("What the person says"))
    said_on = models.DateField(_("Said on"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["record"], name="cases_disagreement_record")]
        constraints = [models.CheckConstraint(name="disagreement_says_something", condition=~Q(words=""))]

    def __str__(self) -> str:
        return str(self.record)


class NameToken(models.Model):
    """One folded piece of a name as a number, for search under row security: equality of numbers leaks nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    token = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["token"], name="cases_nametoken_token")]

    def __str__(self) -> str:
        return str(self.token)
