"""Has what django-allauth sends go through the queue, like everything that leaves the server."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from concordat.people import adapters, clock
from concordat.people.memberships import live_memberships_of
from concordat.people.models import User

from .messages import Letter, To, put
from .models import Kind


class AccountAdapter(adapters.AccountAdapter):
    """Signs people in and out; its mail waits in the queue: an answer takes as long with an account as without."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a message about a forgotten password."""
        user = User.objects.filter(email__iexact=email).first()
        letter = Letter(f"{template_prefix}_message.txt", context.get("password_reset_url", ""), context)
        put(
            to_of(email, user), letter, kind=Kind.PASSWORD,
            worthless_at=clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        )  # fmt: skip


def to_of(email: str, user: User | None) -> To:
    """Return to whom it goes; the administrators of their first organisation can see when it does not get out."""
    if user is None:
        return To(email, settings.LANGUAGE_CODE)
    first = next(iter(live_memberships_of(user.id)), None)
    return To.member(first, user) if first else To(email, user.language, user.id)
