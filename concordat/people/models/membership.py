"""As whom a person acts, and what a worker is cleared and trained for."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation
from concordat.people.roles import Role


class Membership(models.Model):
    """A person acting for one organisation, under the name that others may see.

    `user_id` is a bare number: users belong to the sign-in role, and the application role cannot follow it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user_id = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    shown_name = models.CharField(_("Name shown to others"), max_length=80)
    sort_key = models.CharField(max_length=250, db_collation="C", default="", editable=False)
    title = models.CharField(_("Post"), max_length=80)
    unit = models.CharField(_("Unit or place of work"), max_length=80, blank=True, db_default="")
    roles = ArrayField(models.CharField(max_length=24, choices=Role), verbose_name=_("Roles"))
    valid_from = models.DateTimeField(_("From"), default=timezone.now)
    valid_until = models.DateTimeField(_("Until"), null=True, blank=True)

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.shown_name

    def has(self, *roles: str) -> bool:
        """Say whether any of these roles is held."""
        return bool(set(roles) & set(self.roles))


class Level(models.TextChoices):
    BASIC = "basic", _("Basic")
    ENHANCED = "enhanced", _("Enhanced")


class Clearance(models.Model):
    """The outcome of vetting, nothing of its content (S02): who found it, at which level, until when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="clearances")
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Vetted by"))
    level = models.CharField(_("Level"), max_length=8, choices=Level)
    valid_from = models.DateTimeField(_("From"))
    valid_until = models.DateTimeField(_("Until"))

    class Meta:
        ordering = ["-valid_until"]
        constraints = [
            models.CheckConstraint(name="clearance_ends_after_it_begins", condition=Q(valid_until__gt=F("valid_from")))
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.level}"


class Training(models.Model):
    """A course or accreditation that a worker holds (S03)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="trainings")
    code = models.SlugField(_("Course"), max_length=40)
    valid_from = models.DateTimeField(_("From"))
    valid_until = models.DateTimeField(_("Until"))

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="training_ends_after_it_begins", condition=Q(valid_until__gt=F("valid_from")))
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.code}"
