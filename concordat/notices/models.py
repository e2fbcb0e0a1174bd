"""Notices inside the platform (the application's, read by their reader alone) and messages that leave it.

Messages hold e-mail addresses and links that open something, so they belong to the sign-in role, and lie sealed.
"""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concordat.people.models import Membership

from .about import URGENT, About

KEPT = timedelta(days=30)  # how long it can be seen that a message left


class Notice(models.Model):
    """That something waits for one member: once for each reason, without a word of what it says.

    `over_at`: there is nothing left to do or to read. `told_at`: a message about it is on its way, or none is wanted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    about = models.CharField(max_length=24, choices=About)
    address = models.CharField(max_length=200)
    reference = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=24)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(name="notice_is_made_once", fields=["membership", "key"])]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("notices:read", args=[self.pk])

    @property
    def is_urgent(self) -> bool:
        return self.about in URGENT


class Watch(models.Model):
    """When somebody looked last for what is new to a member. The row is locked while somebody looks."""

    membership_id = models.UUIDField(primary_key=True)
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.membership_id)


class Way(models.TextChoices):
    MAIL = "mail", _("By e-mail")
    LETTER = "letter", _("On paper")


class Kind(models.TextChoices):
    """What a message is for."""

    INVITATION = "invitation", _("Invitation")
    NOTICES = "notices", _("Notices")
    PASSWORD = "password", _("Forgotten password")
    ACCOUNT = "account", _("A change of the account")


class Trouble(models.TextChoices):
    """Why a message did not get out, in words."""

    AWAY = "away", _("The mail server could not be reached.")
    BROKEN = "broken", _("The connection to the mail server broke off.")
    LATER = "later", _("The mail server asked to try again later.")
    SENDER = "sender", _("The mail server does not let this server send.")
    ADDRESS = "address", _("The mail server knows no such address.")
    REFUSED = "refused", _("The mail server refused the message.")


class Message(models.Model):
    """One message to one person. `key` keeps it from being made twice, `number` is its Message-ID at every attempt."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    way = models.CharField(max_length=6, choices=Way)
    number = models.CharField(max_length=200)
    membership_id = models.UUIDField(null=True)
    organisation = models.IntegerField(null=True)
    user_id = models.UUIDField(null=True, db_index=True)
    email = models.EmailField()
    sealed = models.TextField()
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField(db_index=True)
    worthless_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=8, choices=Trouble, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(name="message_ends_once", condition=Q(sent_at=None) | Q(given_up_at=None)),
            models.CheckConstraint(
                name="handing_over_is_whole",
                condition=Q(handed_over_at=None, handed_over_by=None)
                | Q(handed_over_at__isnull=False, handed_over_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """By what both sides can speak of a message without a name."""
        return f"N-{str(self.id)[:8].upper()}"
