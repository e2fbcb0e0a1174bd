"""Passes: that a worker may come to a place, with what they bring, asked by the provider and decided by the authority.

Whether a pass opens the gate today is not stored: it follows from the decision, its days, the terms, and whether the
worker's clearance and courses hold at this moment (`custody.open_passes`). What lapses closes by itself.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.agreements.models import Agreement
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership

DECIDE_DAYS = 10  # working days
LONGEST = timedelta(days=366)


class Ground(models.TextChoices):
    """Why a pass or a thing is refused. Nothing here judges the worker, and nothing can be left open."""

    PAPERS = "papers", _("A paper is missing or has run out")
    SECURITY = "security", _("Security of the place in these days")
    ROOM = "room", _("There is no room or escort in these days")
    NOT_ALLOWED = "not_allowed", _("The rules of the place do not allow it")
    CLOSED = "closed", _("The place is closed to visits of all kinds")
    OTHER = "other", _("Another ground, in words")


class Pass(models.Model):
    """One pass of one worker for one place, from the request to the last day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    reference = models.CharField(max_length=12, unique=True, editable=False)
    terms = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    from_on = models.DateField(_("From"))
    until_on = models.DateField(_("Last day"))
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    due_on = models.DateField(editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    granted = models.BooleanField(_("May the worker come?"), null=True)
    ground = models.CharField(_("On which ground not?"), max_length=12, choices=Ground, blank=True)
    words = models.CharField(_("In words"), max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True, editable=False)
    appealed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    appeal = models.CharField(_("Why the refusal should not stand"), max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    settlement = models.CharField(_("The answer to the appeal"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    why_ended = models.CharField(_("Why it ends"), max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="pass_is_for_some_days",
                condition=Q(until_on__gte=F("from_on"), until_on__lte=F("from_on") + LONGEST),
            ),
            models.CheckConstraint(
                name="pass_refusal_has_a_ground",
                condition=Q(granted=None, ground="") | Q(granted=True) | Q(granted=False, ground__in=Ground.values),
            ),
            models.CheckConstraint(
                name="pass_other_ground_is_put_in_words", condition=~Q(ground="other") | ~Q(words="")
            ),
            models.CheckConstraint(
                name="pass_decision_is_whole",
                condition=Q(decided_at=None, decided_by=None, granted=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
            ),
            models.CheckConstraint(
                name="pass_appeal_is_whole",
                condition=Q(appealed_at=None, appealed_by=None, appeal="", settled_at=None)
                | Q(appealed_at__isnull=False, appealed_by__isnull=False, decided_at__isnull=False) & ~Q(appeal=""),
            ),
            models.CheckConstraint(
                name="pass_appeal_is_settled_by_another",
                condition=Q(settled_at=None, settled_by=None, settlement="")
                | Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(settlement="")
                & ~Q(settled_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="pass_ending_is_whole",
                condition=Q(ended_at=None, ended_by=None, why_ended="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(why_ended=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("custody:gate_pass", args=[self.pk])

    def covers(self, day: date) -> bool:
        """Whether the day lies among those of the pass."""
        return self.from_on <= day <= self.until_on


class Item(models.Model):
    """One thing that a worker brings, with why; allowed or refused with the pass."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(Pass, models.PROTECT, related_name="items")
    name = models.CharField(_("Thing"), max_length=80)
    allowed = models.BooleanField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="thing_is_asked_for_once", fields=["of", "name"]),
            models.CheckConstraint(name="thing_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
