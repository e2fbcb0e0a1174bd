"""From a service offered to a service delivered: referral, answer, goals, sessions, review, end report.

Who did what when is stored; the state is derived. What was said in a session has no field anywhere.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement
from concordat.cases.models import Case, CaseRecord, Heading, Link, Sex
from concordat.core.codes import Activity, Category
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership


class Need(models.TextChoices):
    """What a service helps with (starter list)."""

    MENTORING = "mentoring", _("Somebody to talk to: mentoring")
    EDUCATION = "education", _("Education")
    WORK = "work", _("Work and skills")
    PSYCHOLOGICAL = "psychological", _("Psychological support")
    FAITH = "faith", _("Faith and values dialogue")
    FAMILY = "family", _("Family")
    TRAUMA = "trauma", _("Trauma")
    SUBSTANCE = "substance", _("Substance use")
    HOUSING = "housing", _("Housing after release")
    EXIT = "exit", _("Leaving a violent group")
    CREATIVE = "creative", _("Arts and sport")


class Target(models.TextChoices):
    """What an intervention or a goal is about; reports may speak only to it."""

    ATTITUDES = "attitudes", _("Attitudes")
    BEHAVIOUR = "behaviour", _("Behaviour")
    BOTH = "both", _("Attitudes and behaviour")
    SKILLS = "skills", _("Skills")
    WELLBEING = "wellbeing", _("Wellbeing")
    TIES = "ties", _("Ties")


class AgeGroup(models.TextChoices):
    UNDER_18 = "under_18", _("Under 18")
    YOUNG = "young", _("18 to 25")
    ADULT = "adult", _("Over 25")


class Service(models.Model):
    """A service that an organisation offers under activity terms. The directory is open to everybody signed in."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    terms = models.ForeignKey(Agreement, models.PROTECT, related_name="+", db_constraint=False)
    activity = models.CharField(max_length=16, choices=Activity, default=Activity.CUSTODY)
    name = models.CharField(_("Name"), max_length=120)
    description = models.TextField(_("What happens"), blank=True)
    method = models.TextField(_("Method, and why it should help"))
    needs = ArrayField(models.CharField(max_length=16, choices=Need), verbose_name=_("Helps with"))
    target = models.CharField(_("Target"), max_length=10, choices=Target)
    languages = ArrayField(models.CharField(max_length=40), verbose_name=_("Languages"))
    sexes = ArrayField(models.CharField(max_length=8, choices=Sex), verbose_name=_("For"))
    age_groups = ArrayField(models.CharField(max_length=8, choices=AgeGroup), verbose_name=_("Age groups"))
    capacity = models.PositiveSmallIntegerField(_("Places in the service"))
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="service_declares_its_target", condition=Q(target__in=Target.values))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("referrals:service", args=[self.pk])


class ServicePlace(models.Model):
    """A place where a service is offered."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.place)


class Referral(CaseRecord):
    """A request to a service for a person, with the text that the provider will see, as somebody checked it (P09)."""

    category_of = Category.P09

    reference = models.CharField(max_length=12)
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="referrals_received")
    terms = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    need = models.CharField(_("Need"), max_length=16, choices=Need)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    text = models.TextField(_("What the provider will read"))
    desired_outcomes = ArrayField(models.CharField(max_length=200), verbose_name=_("Desired outcomes"))
    checked_by = models.CharField(_("Checked by"), max_length=120, blank=True)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    answer_due = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="referral_reference_is_unique_to_its_owner", fields=["owner", "reference"]),
            models.CheckConstraint(
                name="referral_sending_is_whole",
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_is_checked_before_it_is_sent",
                condition=Q(sent_at=None) | ~Q(checked_by="") & Q(checked_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("referrals:detail", args=[self.pk])


class Answer(CaseRecord):
    """The provider's side of a referral. The referrer never reads this row, only `access.outside_view` of it."""

    category_of = Category.P02

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="answers")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="+", db_constraint=False)
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(null=True)
    reason = models.CharField(_("Reason, if you want to give one"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answer_is_whole",
                condition=Q(accepted=None, answered_at=None, answered_by=None)
                | Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.referral_id)


class GoalSet(CaseRecord):
    """One agreed version of goals and measures (P19, summary). Signed, it is locked; a change is a new version."""

    category_of = Category.P19

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("Version"))
    why_changed = models.CharField(_("Why it changed"), max_length=300, blank=True)
    person_signed_on = models.DateField(_("Signed by the person on"), null=True, blank=True)
    person_declined = models.BooleanField(_("The person would rather not sign"), default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="goal_set_number_is_unique_in_a_case", fields=["case", "number"]),
            models.CheckConstraint(
                name="goal_set_change_has_a_reason", condition=Q(number=1) | ~Q(why_changed="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Goal(models.Model):
    """A goal, what it is about, how it will be measured, by whom and from when on it counts as reached."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    goal_set = models.ForeignKey(GoalSet, models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("Goal"), max_length=200)
    target = models.CharField(_("What it is about"), max_length=10, choices=Target)
    measure = models.CharField(_("Measured by"), max_length=200)
    threshold = models.CharField(_("Counts as reached when"), max_length=200)
    measured_by = models.CharField(_("Who measures"), max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(name="goal_declares_its_target", condition=Q(target__in=Target.values))]

    def __str__(self) -> str:
        return self.text


class GoalSignature(models.Model):
    """One party agreed to a goal set."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    goal_set = models.ForeignKey(GoalSet, models.PROTECT, related_name="signatures", db_constraint=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="goals_are_signed_once", fields=["goal_set", "organisation"])]

    def __str__(self) -> str:
        return str(self.organisation)


class Cause(models.TextChoices):
    """Why a session was not held. No judgement of acceptability."""

    PERSON = "person", _("The person")
    PROVIDER = "provider", _("The provider")
    PRISON = "prison", _("The prison")
    TRANSPORT = "transport", _("Transport")
    SECURITY = "security", _("Security")
    OTHER = "other", _("Something else")


class Session(CaseRecord):
    """That a session was held or not, and how long (P18). What was said is not stored."""

    category_of = Category.P18

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("When"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    held = models.BooleanField(_("Was it held?"))
    cause = models.CharField(_("Why not"), max_length=10, choices=Cause, blank=True)
    concern = models.BooleanField(_("Is there a concern?"), default=False)
    entered_later = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="session_is_held_or_has_a_cause",
                condition=Q(held=True, cause="", minutes__isnull=False) | Q(held=False, minutes=None) & ~Q(cause=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"


class HeadingNote(CaseRecord):
    """A short note under a heading that the person agreed to have reported (P19, summary)."""

    category_of = Category.P19

    session = models.ForeignKey(Session, models.PROTECT, related_name="notes")
    heading = models.CharField(_("Heading"), max_length=16, choices=Heading)
    text = models.CharField(_("Note"), max_length=500)

    class Meta:
        ordering = ["heading"]
        constraints = [models.UniqueConstraint(name="heading_is_noted_once_a_session", fields=["session", "heading"])]

    def __str__(self) -> str:
        return self.text


class Concern(CaseRecord):
    """A worker's concern after a session (P27). It stays with the provider until a threshold is weighed."""

    category_of = Category.P27

    session = models.ForeignKey(Session, models.PROTECT, related_name="concerns")
    text = models.TextField(_("What concerns you"))
    told = models.CharField(_("Whom have you told"), max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.created_at)


class Review(CaseRecord):
    """How things stand under the agreed headings, with the person's own words and each party's view (P19, summary)."""

    category_of = Category.P19

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    held_on = models.DateField(_("Held on"))
    progress = models.TextField(_("Progress under the agreed headings"))
    own_words = models.TextField(_("In the person's own words"), blank=True)
    other_view = models.TextField(_("A view that differs, and whose it is"), blank=True)
    next_due = models.DateField(_("Next review by"))

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return str(self.held_on)


class Achievement(models.TextChoices):
    """In words; there is no number behind them."""

    ACHIEVED = "achieved", _("Achieved")
    PARTLY = "partly", _("Partly achieved")
    NOT = "not", _("Not achieved")
    NOT_KNOWN = "not_known", _("Cannot be said")


class EndReport(CaseRecord):
    """The report owed at the end (P19, summary). Written during a wind-down it can be written but not read back."""

    category_of = Category.P19

    link = models.ForeignKey(Link, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    summary = models.TextField(_("What was done"))
    onward = models.TextField(_("What should go on, and who could do it"), blank=True)
    in_wind_down = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="end_report_is_one_for_each_link", fields=["link"])]

    def __str__(self) -> str:
        return str(self.created_at)


class Outcome(models.Model):
    """One desired outcome and how far it was achieved, in words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    end_report = models.ForeignKey(EndReport, models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(_("Desired outcome"), max_length=200)
    achievement = models.CharField(_("How far"), max_length=10, choices=Achievement)
    comment = models.CharField(_("In words"), max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(name="outcome_is_put_in_words", condition=~Q(comment=""))]

    def __str__(self) -> str:
        return self.outcome


class EarlyReason(models.TextChoices):
    MISTAKE = "mistake", _("Referred by mistake or twice")
    NEEDS_MET = "needs_met", _("Needs met elsewhere")
    MOVED = "moved", _("Moved away")
    PERSON = "person", _("The person's own choice")
    PROVIDER = "provider", _("The provider cannot go on")
    COMPLETED = "completed", _("Completed early")
    OTHER = "other", _("Something else")


class EarlyEnd(CaseRecord):
    """A service that ended before its time (P31): the reason stays with the provider, outside it is 'not currently'."""

    category_of = Category.P31

    link = models.OneToOneField(Link, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=10, choices=EarlyReason)
    comment = models.CharField(_("Comment"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.at)


class EvaluationPlan(CaseRecord):
    """Who will evaluate a service: somebody outside the team and the organisation that deliver it (C6.8, PP-13)."""

    category_of = Category.R01

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="evaluation_plans")
    delivered_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Evaluated by"))
    evaluator_name = models.CharField(_("Name of the evaluator"), max_length=120)
    question = models.CharField(_("What is to be found out"), max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deliverer_does_not_evaluate", condition=~Q(evaluator=models.F("delivered_by"))
            )
        ]

    def __str__(self) -> str:
        return self.question
