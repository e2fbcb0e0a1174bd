"""What is agreed before the first session: goals, how each is measured, and who agreed to them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Link, WrittenRecord
from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

from .service import Target


class GoalSet(WrittenRecord):
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
            models.CheckConstraint(name="goal_set_change_has_a_reason", condition=Q(number=1) | ~Q(why_changed="")),
            models.CheckConstraint(
                name="person_signs_goals_or_declines", condition=Q(person_signed_on=None) | Q(person_declined=False)
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
        constraints = [
            models.CheckConstraint(name="goal_declares_its_target", condition=Q(target__in=Target.values)),
            models.CheckConstraint(name="goals_are_at_most_five", condition=Q(position__gte=1, position__lte=5)),
            models.UniqueConstraint(name="goal_position_is_taken_once", fields=["goal_set", "position"]),
            models.CheckConstraint(
                name="goal_says_how_it_is_measured",
                condition=~Q(text="") & ~Q(measure="") & ~Q(threshold="") & ~Q(measured_by=""),
            ),
        ]

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
