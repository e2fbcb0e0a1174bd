"""Threat files (C6.10): told, acknowledged, planned for, reviewed. Words everywhere: nothing in them is a number."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Triage(models.TextChoices):
    IMMINENT = "imminent", _("Imminent: it can happen now")
    SERIOUS = "serious", _("Serious")
    INTIMIDATION = "intimidation", _("Intimidation")
    ONLINE = "online", _("Online")
    PRESSURE = "pressure", _("Administrative or legal pressure")


class Part(models.TextChoices):
    """What an entry is about: the facts, the grid that is talked through, and the steps."""

    WHAT = "what", _("What happened?")
    WHEN = "when", _("When?")
    WHO = "who", _("Who?")
    PATTERN = "pattern", _("Is there a pattern?")
    OBJECTIVE = "objective", _("What is it meant to bring about?")
    THREATS = "threats", _("Threats: what could they do?")
    VULNERABILITIES = "vulnerabilities", _("Vulnerabilities: what makes it easier for them?")
    CAPACITIES = "capacities", _("Capacities: what protects, and who helps?")
    INTERIM = "interim", _("What protects until there is a plan?")
    REVIEW = "review", _("What has changed, and does the plan still hold?")
    LESSONS = "lessons", _("What was learned?")


FACTS = (Part.WHAT, Part.WHEN, Part.WHO, Part.PATTERN, Part.OBJECTIVE)
GRID = (Part.THREATS, Part.VULNERABILITIES, Part.CAPACITIES)


class Threat(models.Model):
    """One file. Without a `worker` the organisation is threatened; `authority` says where a threat comes from one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    triage = models.CharField(_("Which of these is it?"), max_length=12, choices=Triage)
    authority = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    reported_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    acknowledged_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(
                name="threat_is_acknowledged_whole",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="threat_is_closed_whole",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Entry(models.Model):
    """Words of a file, added and never overwritten; sealed to the organisation's key where it names an authority."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    threat = models.ForeignKey(Threat, models.PROTECT, related_name="entries")
    part = models.CharField(max_length=16, choices=Part)
    words = models.CharField(max_length=2000, blank=True)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="entry_says_something",
                condition=Q(sealed=None) & ~Q(words="") | Q(sealed__isnull=False, words=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Owner(models.TextChoices):
    """Who does what a plan says."""

    ORGANISATION = "organisation", _("Our organisation")
    POLICE = "police", _("The police")
    AUTHORITY = "authority", _("An authority")
    FUNDER = "funder", _("A funder")


class Measure(models.Model):
    """One measure of a protective plan: what, by whom, who pays, from when until when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    threat = models.ForeignKey(Threat, models.PROTECT, related_name="measures")
    words = models.CharField(_("What is done?"), max_length=500, blank=True)
    cost = models.CharField(_("What does it cost, and who pays?"), max_length=200, blank=True)
    sealed = models.BinaryField(null=True)
    who = models.CharField(_("Who does it?"), max_length=12, choices=Owner)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["starts_on", "at"]
        constraints = [
            models.CheckConstraint(
                name="measure_says_something",
                condition=Q(sealed=None) & ~Q(words="") | Q(sealed__isnull=False, words="", cost=""),
            ),
            models.CheckConstraint(
                name="measure_ends_after_it_begins", condition=Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Opening(models.Model):
    """That the lead opened a file to the protection post of an authority, and closed it again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    threat = models.ForeignKey(Threat, models.PROTECT, related_name="openings")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(name="threat_is_opened_once", fields=["threat", "to"], condition=Q(ends_at=None))
        ]

    def __str__(self) -> str:
        return str(self.pk)
