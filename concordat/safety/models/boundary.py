"""Approaches to workers: told early, seen by few, and never held against whoever told (C6.2)."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.models import Membership


class Pressure(models.TextChoices):
    """What was tried."""

    FAVOUR = "favour", _("Somebody asked me for a favour")
    GIFT = "gift", _("Somebody offered me a gift")
    MANIPULATION = "manipulation", _("Somebody tries to set me against others, or to tie me to them")
    THREAT = "threat", _("Somebody threatened me")
    CORRUPTION = "corruption", _("Somebody offered money or an advantage")
    CONTRABAND = "contraband", _("Somebody asked me to carry something in or out")
    STAFF = "staff", _("It came from a member of staff")
    OTHER = "other", _("Something else that felt wrong")


class Ground(models.TextChoices):
    """From where on the least that is needed may be passed on. Nothing else is a ground."""

    SAFETY = "safety", _("A threat to somebody’s safety")
    CORRUPTION = "corruption", _("Corruption was offered")
    CONTRABAND = "contraband", _("Something was to be carried in or out")
    STAFF = "staff", _("The approach came from a member of staff")


class BoundaryReport(models.Model):
    """One approach, in the worker's words. There is no field for who was to blame."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("What was tried?"), max_length=12, choices=Pressure)
    words = models.CharField(_("What happened?"), max_length=1000)
    happened_on = models.DateField(_("On which day?"))
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    look_by = models.DateField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("What is done now?"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(name="boundary_report_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="boundary_report_is_answered_whole",
                condition=Q(looked_at=None, looked_by=None, answer="")
                | Q(looked_at__isnull=False, looked_by__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def above(self) -> list[Ground]:
        """Return the grounds that what was ticked speaks for; the lead decides."""
        named = {
            Pressure.THREAT: Ground.SAFETY, Pressure.CORRUPTION: Ground.CORRUPTION,
            Pressure.CONTRABAND: Ground.CONTRABAND, Pressure.STAFF: Ground.STAFF,
        }  # fmt: skip
        return [named[Pressure(self.kind)]] if self.kind in named else []


class PassedOn(models.Model):
    """The least that a partner's integrity post has to know. It names neither the report nor who told."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(BoundaryReport, models.PROTECT, related_name="passed_on")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(_("What makes it necessary?"), max_length=10, choices=Ground)
    text = models.CharField(_("What they read"), max_length=400)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                name="passed_on_above_the_threshold", condition=Q(ground__in=Ground.values) & ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PairingAnswer(models.TextChoices):
    """What comes of looking at one worker alone with one person for long."""

    GOES_ON = "goes_on", _("It goes on as it is")
    SECOND = "second", _("A second worker joins")
    CHANGES = "changes", _("Another worker takes over")


class Pairing(models.Model):
    """That the lead looked at a worker's long pairings, and what comes of it. It names no person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    answer = models.CharField(_("What comes of it?"), max_length=8, choices=PairingAnswer)
    again_on = models.DateField(_("When is it looked at again?"))
    looked_at = models.DateTimeField(default=timezone.now, editable=False)
    looked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-looked_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def is_due(self, day: date) -> bool:
        """Say whether it is time to look again."""
        return self.again_on <= day
