"""A second factor that somebody has lost: two people of the organisation confirm who they are, and it is taken off."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation

from .membership import Membership

OPEN = timedelta(hours=48)  # how long the second confirmation is waited for; see access/sql/resets.sql


class Checked(models.TextChoices):
    """How somebody made sure that it is the person."""

    DOCUMENT = "document", _("I saw the person and an identity document")
    KNOWN = "known", _("I saw the person, whom I have known for long")
    CALL = "call", _("I called back on a number that we had before")


class FactorReset(models.Model):
    """What one asked and another confirmed. Confirming is a function of the database: nobody does it alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="resets")
    checked = models.CharField(_("How you made sure that it is the person"), max_length=8, choices=Checked)
    statement = models.CharField(_("When, where and how"), max_length=300)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    confirmed_checked = models.CharField(max_length=8, choices=Checked, blank=True)
    confirmed_statement = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="reset_is_confirmed_whole",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reset_is_confirmed_by_another", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="reset_is_for_another", condition=~Q(asked_by=F("membership")) & ~Q(confirmed_by=F("membership"))
            ),
            models.CheckConstraint(name="reset_says_how", condition=~Q(statement="")),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the second confirmation is still waited for."""
        return self.confirmed_at is None and self.withdrawn_at is None and at < self.asked_at + OPEN


class Hold(models.Model):
    """A membership that is closed because its holder's second factor was renewed by another organisation.

    It belongs to the sign-in role: it opens when two people of this organisation have confirmed who the holder is.
    """

    membership_id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.membership_id)
