"""Tokens with which a machine acts for one member. Their table belongs to the sign-in role, like sessions."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.core.codes import Purpose
from concordat.organisations.models import Organisation

from .membership import Membership
from .user import User

LONGEST = timedelta(days=90)


class Scope(models.TextChoices):
    """What a token may be used for, beside what its holder may do anyway."""

    LISTS = "lists", _("Read lists: services, agreements, what waits, notices")
    CASES = "cases", _("Read cases, referrals, sessions, reviews and reports")
    LOG = "log", _("Read who has read a case")
    REFERRALS = "referrals", _("Refer, answer referrals and assign workers")
    DELIVERY = "delivery", _("Record what the person agrees to, goals, sessions, reviews and the end")
    BRIEFING = "briefing", _("Read safety briefings; you confirm them on their pages")
    WITNESS = "witness", _("Fetch checkpoints of the log and bring them back countersigned")
    IMPORTS = "imports", _("Bring in caseload files, for an officer to confirm here")


class Token(models.Model):
    """One key of a machine: whose, for which organisation, purpose and scopes, until when.

    Only the SHA-256 of the key is kept. `stamp` changes with the password of the user, and a token ends with it;
    `through` is the organisation through whose sign-in its maker had come, if through one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    membership_id = models.UUIDField(db_index=True)
    organisation = models.IntegerField(db_index=True)
    name = models.CharField(_("What it is for"), max_length=60)
    purpose = models.CharField(_("Purpose"), max_length=16, choices=Purpose)
    scopes = ArrayField(models.CharField(max_length=12, choices=Scope), verbose_name=_("What it may do"))
    key_hash = models.CharField(max_length=64, unique=True)
    stamp = models.CharField(max_length=64)
    through = models.IntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="token_lives_90_days_at_most",
                condition=Q(expires_at__gt=F("made_at")) & Q(expires_at__lte=F("made_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="token_end_is_whole",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What a token is known by in the log and in conversation; it opens nothing."""
        return f"T-{str(self.id)[:8].upper()}"


class TokenPermit(models.Model):
    """Whether the members of an organisation may make tokens. Without a row they may not."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="token_permit")
    allowed = models.BooleanField(_("Members may make tokens for machines"), default=False)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.organisation_id)
