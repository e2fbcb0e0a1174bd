"""What every page is told: who runs the server, and for somebody signed in, their account and their last visit."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.core.parts import Tab

from . import door
from .devices import device_of


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """Return what `base.html` and the sign-in page show."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        door_url = reverse("people:door") if door.exists_for(request) else ""
        return {"operator": settings.OPERATOR, "door_url": door_url, "mail_works": bool(settings.EMAIL_HOST)}
    return {
        "operator": settings.OPERATOR,
        "account": [Tab(_("Your account"), reverse("people:account")), Tab(_("Sign out"), reverse("account_logout"))],
        "acting_url": reverse("people:acting") if len(getattr(request, "memberships", [])) > 1 else "",
        "last_signed_in": user.previous_login,
        "last_device": device_of(user.previous_agent),
        "failed_before": user.failed_before,
        "not_me_url": reverse("people:sessions"),
    }
