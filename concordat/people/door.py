"""The door of the demonstration: one click signs in as one of its people.

It exists on this machine only. With the demonstration off, another host name, or any sign of a proxy in between,
there is no such page: the address is not found.
"""

import time
from collections.abc import Iterable
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from concordat.core.nearness import is_near

from .adapters import speak_with
from .memberships import LIVE
from .models import Membership, Persona, User
from .router import SIGNIN
from .second_factor import DOOR
from .spent import is_spent
from .stages import Stage, open_to

PERIOD = 30  # seconds a code lasts


def exists_for(request: HttpRequest) -> bool:
    """Tell whether the door exists for this request."""
    return settings.DEMO and is_near(request)


@open_to(Stage.ANYBODY)
def door(request: HttpRequest) -> HttpResponse:
    """List the people of the demonstration; sign in as the one whose button was pressed."""
    if not exists_for(request):
        raise Http404
    if request.method == "POST":
        persona = get_object_or_404(Persona.objects.select_related("user"), pk=as_uuid(request.POST.get("persona", "")))
        enter(request, persona.user)
        response = redirect("/")
        speak_with(response, persona.user)
        return response
    personas = list(Persona.objects.select_related("user"))
    return render(request, "people/door.html", {"people": with_memberships(personas)})


def enter(request: HttpRequest, user: User) -> None:
    """Sign in without password or code; a weighty act still asks for the code."""
    logout(request)
    get_adapter(request).login(request, user)
    record_authentication(request, user, method=DOOR)


def with_memberships(personas: Iterable[Persona]) -> list[tuple[Persona, list[Membership]]]:
    """Return each persona with the memberships under which it acts."""
    members = Membership.objects.using(SIGNIN).select_related("organisation").filter(LIVE)
    found: dict[UUID, list[Membership]] = {persona.user_id: [] for persona in personas}
    for member in members.filter(user_id__in=found):
        found[member.user_id].append(member)
    return [(persona, found[persona.user_id]) for persona in personas]


def code_for(request: HttpRequest) -> str:
    """Return the code that a persona has to type now; empty for everybody else."""
    number = request.user.pk
    if number is None or not exists_for(request) or not Persona.objects.filter(user_id=number).exists():
        return ""
    app = Authenticator.objects.filter(user_id=number, type=Authenticator.Type.TOTP).first()
    return current_code(app) if app else ""


def current_code(app: Authenticator) -> str:
    """Return the code of this half minute, or the next one when it is spent."""
    secret, step = decrypt(app.data["secret"]), int(time.time()) // PERIOD
    codes: list[str] = [format_hotp_value(hotp_value(secret, step + ahead)) for ahead in (0, 1)]
    return next((code for code in codes if not is_spent(app.user_id, code)), codes[-1])


def as_uuid(text: str) -> UUID:
    """Read a number from an address or form; anything else is not found."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
