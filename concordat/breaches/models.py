"""Data that got out: what happened, what it means, whom it concerns, who was told and when, what was learned (ISP-17).

A breach is the organisation's own. A partner reads the telling that was sent to it, and nothing else. Neither holds a
case or a name: what is about single persons is told to them, on paper or in words.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Category
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

AUTHORITY_HOURS = 72  # where no protocol says less


class Harm(models.TextChoices):
    """What somebody who looked at it thinks can follow for the persons. Said by a human, of an event; of no person."""

    UNLIKELY = "unlikely", _("Harm is unlikely")
    POSSIBLE = "possible", _("Harm is possible")
    GRAVE = "grave", _("Grave harm is possible, such as violence, threats or loss of liberty")


class Breach(models.Model):
    """One event, from the report to what was learned. `known_at` starts every clock."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    words = models.CharField(_("What happened?"), max_length=1000)
    known_at = models.DateTimeField(_("When did somebody of your organisation know?"))
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    reported_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    categories = ArrayField(models.SmallIntegerField(choices=Category), default=list)
    persons = models.PositiveIntegerField(_("About how many persons?"), null=True)
    harm = models.CharField(_("What can follow for them?"), max_length=8, choices=Harm, blank=True)
    measures = models.CharField(_("What is done about it?"), max_length=1000, blank=True)
    authority_hours = models.PositiveSmallIntegerField(default=AUTHORITY_HOURS)
    assessed_at = models.DateTimeField(null=True)
    assessed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    authority_at = models.DateTimeField(null=True)
    authority_reference = models.CharField(_("Their reference"), max_length=80, blank=True)
    authority_why_not = models.CharField(_("Why it is not told"), max_length=300, blank=True)
    authority_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    persons_on = models.DateField(null=True)
    persons_how = models.CharField(_("How were they told?"), max_length=300, blank=True)
    persons_why_not = models.CharField(_("Why they are not told"), max_length=300, blank=True)
    persons_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    lessons = models.CharField(_("What was learned, and what changes?"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-known_at"]
        constraints = [
            models.CheckConstraint(name="breach_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="breach_assessment_is_whole",
                condition=Q(assessed_at=None, assessed_by=None, harm="")
                | Q(assessed_at__isnull=False, assessed_by__isnull=False, harm__in=Harm.values) & ~Q(measures=""),
            ),
            models.CheckConstraint(
                name="breach_authority_is_told_or_why_not",
                condition=Q(authority_by=None, authority_at=None, authority_why_not="")
                | Q(authority_by__isnull=False, authority_at__isnull=False, authority_why_not="")
                | Q(authority_by__isnull=False, authority_at=None) & ~Q(authority_why_not=""),
            ),
            models.CheckConstraint(
                name="breach_persons_are_told_or_why_not",
                condition=Q(persons_by=None, persons_on=None, persons_why_not="")
                | Q(persons_by__isnull=False, persons_on__isnull=False, persons_why_not="") & ~Q(persons_how="")
                | Q(persons_by__isnull=False, persons_on=None) & ~Q(persons_why_not=""),
            ),
            models.CheckConstraint(
                name="breach_is_closed_when_all_is_said",
                condition=Q(closed_at=None, closed_by=None, lessons="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, assessed_by__isnull=False,
                    authority_by__isnull=False, persons_by__isnull=False) & ~Q(lessons=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def authority_due(self) -> datetime:
        return self.known_at + timedelta(hours=self.authority_hours)

    @property
    def kinds(self) -> list[str]:
        return [str(Category(one).label) for one in self.categories]


class Telling(models.Model):
    """What one partner is told, and by when. `hours` and `due_at` come from the protocol, by the database."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="tellings")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    hours = models.PositiveSmallIntegerField(default=24)
    due_at = models.DateTimeField(default=timezone.now)
    text = models.CharField(_("What they are told"), max_length=1000, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(name="breach_is_told_once_to_each", fields=["breach", "to"]),
            models.CheckConstraint(
                name="telling_is_whole",
                condition=Q(sent_at=None, sent_by=None, text="", read_at=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.to)

    @property
    def is_late(self) -> bool:
        return (self.sent_at or timezone.now()) > self.due_at
