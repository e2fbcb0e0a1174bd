"""Who signs in. The tables of this file belong to the sign-in role; the application role cannot read them."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    """Finds users by e-mail address, without regard to upper and lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class Rhythm(models.TextChoices):
    """When somebody is told outside the platform that notices wait."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day, all together")
    SAFETY = "safety", _("Only what concerns safety")


class User(AbstractBaseUser):
    """One human being who signs in; as whom they act is a `Membership`.

    `previous_…` tell of the sign-in before this one, `failed_before` of the attempts between the two, `failed` of those
    since.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(_("Language"), max_length=5, default="en")
    rhythm = models.CharField(_("When to be told"), max_length=6, choices=Rhythm, default=Rhythm.NOW)
    on_paper = models.BooleanField(_("On paper"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    previous_login = models.DateTimeField(null=True, editable=False)
    agent = models.CharField(max_length=200, blank=True, editable=False)
    previous_agent = models.CharField(max_length=200, blank=True, editable=False)
    failed = models.PositiveIntegerField(default=0, editable=False)
    failed_before = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return str(self.id)


class Session(models.Model):
    """A browser that somebody signed in with. The key in its cookie is not here, only the SHA-256 of it.

    `data` is sealed. A session that has expired is kept for a day, so that what it sent too late finds its user.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    data = models.TextField()
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    user_agent = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return str(self.id)


class KeptPost(models.Model):
    """What somebody typed and has not sent yet, a draft or a form sent too late: sealed, for the same user alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    sealed = models.TextField()
    kept_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return str(self.id)


class Persona(models.Model):
    """A user of the demonstration, whom its door signs in with one click, and the story that they are part of."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="persona")
    order = models.PositiveSmallIntegerField()
    story = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.order)
