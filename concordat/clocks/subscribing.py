"""What a member's own calendar program reads under a secret address: references and days, and nothing else.

The program shows no password, so its address is worth as much as what it reads: no name, no place, no service, not
even which deadline it is. It acts as its member, under the policies, and each reading has its line in the log.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.ledger.context import Actor, act_as
from concordat.ledger.log import record_opened
from concordat.people import second_factor
from concordat.people.http import SignedInRequest
from concordat.people.memberships import purposes_of, usable
from concordat.people.models import Membership, User
from concordat.people.router import SIGNIN
from concordat.people.site import address_of
from concordat.people.stages import Stage, open_to
from concordat.people.tokens import hash_of, stamp_of

from . import actions
from .feeds import AHEAD, among, steps_of
from .models import Running, Subscription

LINES = "\r\n"


@require_safe
@open_to(Stage.ANYBODY)
def feed(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Hand the deadlines of a member to their calendar program."""
    member = subscriber(key)
    if member is None:
        raise Http404
    act_as(Actor(member.id, member.organisation_id, member.user_id, purposes_of(member)[0]))
    ahead = Running.objects.filter(
        among(steps_of(member)), ended_at=None, due_at__gt=now() - timedelta(days=1), due_at__lte=now() + AHEAD
    )
    text = calendar_of(ahead)
    record_opened("clocks:feed", [member.organisation_id], case=None, categories=[], member=member.id)
    act_as(None)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"})


def subscriber(key: str) -> Membership | None:
    """Return whose address it is, if everything still holds that held when it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT membership, person, stamp FROM clocks.subscriber(%s)", [hash_of(key)])
        row: tuple[UUID, UUID, str] | None = cursor.fetchone()
    if row is None:
        return None
    member = usable().select_related("organisation").filter(id=row[0]).first()
    user = User.objects.using(SIGNIN).filter(id=row[1], is_active=True).first()
    holds = user and constant_time_compare(row[2], stamp_of(user)) and second_factor.exists_for(user.id)
    return member if holds else None


def calendar_of(clocks: Iterable[Running]) -> str:
    """Write a calendar (RFC 5545) with an entry of no length for each deadline."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concordat//Deadlines//EN"]
    stamp = _utc(now())
    for one in clocks:
        assert one.due_at is not None
        lines += [
            "BEGIN:VEVENT", f"UID:{one.pk}@concordat", f"DTSTAMP:{stamp}", f"DTSTART:{_utc(one.due_at)}",
            f"SUMMARY:{_escaped(one.reference or 'Concordat')}", "CLASS:PRIVATE", "END:VEVENT",
        ]  # fmt: skip
    return LINES.join([*lines, "END:VCALENDAR", ""])


def _utc(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def subscription(request: SignedInRequest) -> HttpResponse:
    """Say whether there is an address, and what it shows."""
    there = Subscription.objects.filter(membership=request.acting, ended_at=None).first()
    return render(request, "clocks/subscription.html", {"there": there})


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def subscribe(request: SignedInRequest) -> HttpResponse:
    """Make an address. It stands on the page that answers, and nowhere else."""
    key = actions.subscribe(user=request.user, by=request.acting)
    address = address_of(reverse("clocks:feed", args=[key]))
    there = Subscription.objects.filter(membership=request.acting, ended_at=None).first()
    return render(request, "clocks/subscription.html", {"there": there, "address": address})


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def unsubscribe(request: SignedInRequest) -> HttpResponse:
    """End the address."""
    actions.unsubscribe(by=request.acting)
    return render(request, "clocks/subscription.html", {"there": None, "ended": True})
