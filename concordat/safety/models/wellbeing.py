"""Supervision, support and the right to stop (C6.5). Dates and offers: what is said there is nowhere."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.cases.models import Case
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.safety.times import DEBRIEF, OFFER, OFFER_WORKER


class Supervisor(models.Model):
    """Who supervises a worker reflectively: a colleague outside line management, or somebody from outside."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    outside = models.CharField(_("Name of somebody from outside"), max_length=120, blank=True)
    starts_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    named_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(name="supervisor_is_one", fields=["worker"], condition=Q(ends_at=None)),
            models.CheckConstraint(
                name="supervisor_is_inside_or_outside",
                condition=Q(member=None) & ~Q(outside="") | Q(member__isnull=False, outside=""),
            ),
        ]

    def __str__(self) -> str:
        return self.outside or str(self.member)


class Attendance(models.Model):
    """That a worker was at reflective supervision on a day. There is no field for what was said, on purpose."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    held_on = models.DateField(_("On which day?"))
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-held_on"]
        constraints = [models.UniqueConstraint(name="attendance_is_one_a_day", fields=["worker", "held_on"])]

    def __str__(self) -> str:
        return f"{self.worker} {self.held_on}"


class About(models.TextChoices):
    """What a written reason goes beyond."""

    SUPERVISION = "supervision", _("New sessions without reflective supervision")
    CASELOAD = "caseload", _("More persons at once than the cap")


class Reason(models.Model):
    """Why a coordinator lets work go on beyond a limit, for at most thirty days. Never the worker's own word."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    about = models.CharField(max_length=12, choices=About)
    words = models.CharField(_("Why does it go on?"), max_length=500)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(editable=False)
    given_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-given_at"]
        constraints = [models.CheckConstraint(name="reason_is_put_in_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return str(self.pk)


class Support(models.Model):
    """What is offered to a worker after an incident: support, and a talk outside line management."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    known_at = models.DateTimeField(_("When did it happen?"))
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    offered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    talked_on = models.DateField(_("On which day was the talk?"), null=True)
    talked_with = models.CharField(_("With whom?"), max_length=120, blank=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-known_at"]
        constraints = [
            models.CheckConstraint(
                name="support_is_offered_whole",
                condition=Q(offered_at=None, offered_by=None) | Q(offered_at__isnull=False, offered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="talk_says_with_whom",
                condition=Q(talked_on=None, talked_with="") | Q(talked_on__isnull=False) & ~Q(talked_with=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def offer_due(self) -> datetime:
        return self.known_at + OFFER

    @property
    def talk_due(self) -> datetime:
        return self.known_at + DEBRIEF


class Pause(models.Model):
    """A worker stops work on a case. No reason is asked for, and the person is offered another worker."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    offered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(name="pause_is_one", fields=["worker", "case"], condition=Q(ends_at=None)),
            models.CheckConstraint(
                name="pause_offers_another_worker",
                condition=Q(offered_at=None, offered_by=None, other=None)
                | Q(offered_at__isnull=False, offered_by__isnull=False, other__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def offer_due(self) -> datetime:
        return self.starts_at + OFFER_WORKER
