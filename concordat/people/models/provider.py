"""An organisation's own sign-in (OpenID Connect), and which of its subjects is which user."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.organisations.models import Organisation

from .membership import Membership
from .user import User


class Provider(models.Model):
    """Where the people of an organisation may, or must, sign in. The sign-in role reads it, administrators write it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="provider")
    issuer = models.URLField(_("Issuer"), max_length=200)
    client_id = models.CharField(_("Client id"), max_length=200)
    sealed_secret = models.TextField(editable=False)
    claim = models.CharField(_("Claim that holds the address"), max_length=60, default="email")
    second_factor = models.CharField(_("Value that says a second factor was used"), max_length=60, blank=True)
    required = models.BooleanField(_("Members sign in only there"), default=False)
    enabled = models.BooleanField(_("In use"), default=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.issuer


class Subject(models.Model):
    """Who somebody is at a provider: bound once, by an address that the provider has verified."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    issuer = models.CharField(max_length=200)
    organisation = models.IntegerField()
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="subject_is_one_user", fields=["organisation", "issuer", "subject"]),
            models.UniqueConstraint(name="user_is_one_subject", fields=["organisation", "issuer", "user"]),
        ]

    def __str__(self) -> str:
        return str(self.id)
