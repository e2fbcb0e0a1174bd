"""Who signs in. These tables belong to the sign-in role; the application role cannot read them."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Users(BaseUserManager["User"]):
    """Finds users by e-mail address, without regard to upper and lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """One human being who signs in; as whom they act is a `Membership`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(_("Language"), max_length=5, default="en")
    date_joined = models.DateTimeField(auto_now_add=True)
    previous_login = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class Session(AbstractBaseSession):
    """A signed-in browser. `session_key` holds the SHA-256 of the key in the cookie, never the key."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    user_agent = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(auto_now=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from concordat.people.sessions import SessionStore  # noqa: PLC0415 - the store imports this model

        return SessionStore
