"""How long records are kept, what keeps them longer, what will go, and what went.

When something goes, and that it goes, is computed and done by the database (`access/sql/retention.sql`); nothing here
deletes a record.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

NOTICE = timedelta(days=30)  # between telling the owner and disposing; `retention.notice()` in SQL says the same


class Event(models.TextChoices):
    """After what the months are counted. Only what Concordat knows the day of."""

    CLOSED = "closed", _("The case is closed")
    SERVICE = "service", _("The last service for the person ends")
    AGE = "age", _("The person reaches an age, and the case is closed")


class Period(models.Model):
    """How long an organisation keeps the records of one category; without a category, all for which it named no other.

    It is never changed: another one takes its place, so that it stays known what held when.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.SmallIntegerField(_("Category"), choices=Category, null=True, blank=True)
    event = models.CharField(_("Counted from"), max_length=7, choices=Event)
    age = models.PositiveSmallIntegerField(_("Age in years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("Months"))
    child_months = models.PositiveSmallIntegerField(_("Months where the rules for children apply"))
    basis = models.CharField(_("Law or rule that says so"), max_length=200)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = [F("category").asc(nulls_last=True), "-starts_at"]
        constraints = [
            models.UniqueConstraint(
                name="retention_period_is_one_for_each_category", fields=["owner", "category"],
                condition=Q(ends_at=None), nulls_distinct=False,
            ),
            models.CheckConstraint(name="retention_event_is_known", condition=Q(event__in=Event.values)),
            models.CheckConstraint(
                name="retention_age_goes_with_its_event",
                condition=Q(event="age", age__gte=1, age__lte=120) | ~Q(event="age") & Q(age=None),
            ),
            models.CheckConstraint(
                name="retention_is_shorter_for_children", condition=Q(child_months__lte=F("months"), months__lte=1200)
            ),
            models.CheckConstraint(name="retention_period_has_a_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="retention_period_end_is_whole",
                condition=Q(ends_at=None, ended_by=None) | Q(ends_at__isnull=False, ended_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_category_display() if self.category else str(_("Everything else"))


class Ground(models.TextChoices):
    """Why something is kept although its time is over."""

    COURT = "court", _("A court, a prosecutor or another authority ordered it by law")
    CLAIM = "claim", _("Somebody makes or defends a legal claim")
    COMPLAINT = "complaint", _("A complaint or an inquiry is under way")
    PERSON = "person", _("The person asked that it is kept")


class Hold(models.Model):
    """A legal hold: what a case holds, or its records of one category, stays until somebody lifts it.

    It does not lapse when its review is due: what was destroyed cannot be brought back.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    category = models.SmallIntegerField(_("What is kept?"), choices=Category, null=True, blank=True)
    ground = models.CharField(_("Why is it kept?"), max_length=9, choices=Ground)
    words = models.CharField(_("In words"), max_length=300)
    review_on = models.DateField(_("Looked at again on"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    why_lifted = models.CharField(_("Why it is not needed any more"), max_length=300, blank=True, db_default="")

    class Meta:
        ordering = ["lifted_at", "review_on"]
        constraints = [
            models.CheckConstraint(name="hold_says_why", condition=Q(ground__in=Ground.values) & ~Q(words="")),
            models.CheckConstraint(
                name="hold_is_lifted_with_a_reason",
                condition=Q(lifted_at=None, lifted_by=None, why_lifted="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(why_lifted=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_ground_display())


class Due(models.Model):
    """That the records of one category in one case go soon: announced once, and gone with what it is about.

    `tried_on`: some of them stayed, because a record of another category hangs on them; tried again each day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    category = models.SmallIntegerField(_("Category"), choices=Category)
    records = models.PositiveIntegerField()
    due_on = models.DateField()
    announced_at = models.DateTimeField()
    tried_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "case", "category"]
        constraints = [models.UniqueConstraint(name="due_is_said_once", fields=["case", "category"])]

    def __str__(self) -> str:
        return str(self.due_on)

    @property
    def goes_on(self) -> date:
        """The first day on which it may go: its time is over, and the owner has known for thirty days."""
        return max(self.due_on, (self.announced_at + NOTICE).date())


class Disposal(models.Model):
    """What went: how many records of one category, and files with them. Of whom is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.SmallIntegerField(_("Category"), choices=Category)
    records = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    announced_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "category"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Turn(models.Model):
    """The transaction that disposes now, while it does. Written and read by functions of the database alone."""

    id = models.CharField(primary_key=True, max_length=24)

    def __str__(self) -> str:
        return self.id


class Round(models.Model):
    """How far today's look at all cases has come. One row, written by functions of the database alone."""

    id = models.SmallIntegerField(primary_key=True)
    day = models.DateField()
    last = models.UUIDField()
    done = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.day)
