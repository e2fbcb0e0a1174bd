"""What several pages ask for: colleagues, authorities with which one has an agreement, and what the database counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from concordat.agreements.sides import partners_of
from concordat.organisations.models import Organisation, Side
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Attendance, Supervisor

CARRIERS = (Role.FACILITATOR, Role.COORDINATOR)


def colleagues(by: Membership) -> QuerySet[Membership]:
    """Return who belongs to one's own organisation now."""
    running = Q(valid_until=None) | Q(valid_until__gt=now())
    return Membership.objects.filter(running, organisation=by.organisation_id)


def authorities(by: Membership) -> QuerySet[Organisation]:
    """Return the authorities with which one's own organisation has an agreement."""
    return partners_of(by.organisation_id).filter(side=Side.AUTHORITY)


@dataclass(frozen=True)
class Carrying:
    """How a worker stands: with how many persons, supervised by whom and since when, and whether that stops them."""

    worker: Membership
    persons: int
    since: datetime
    stopped: bool
    full: bool
    supervisor: Supervisor | None
    last: Attendance | None


def workers(by: Membership) -> list[Carrying]:
    """Return how the workers of one's own organisation stand, to whoever leads them."""
    rows = _rows("SELECT worker, persons, since, stopped, full_up FROM safety.workers()")
    known = colleagues(by).in_bulk([row[0] for row in rows])
    named = {one.worker_id: one for one in Supervisor.objects.filter(ends_at=None).select_related("member")}
    last: dict[UUID, Attendance] = {}
    for one in Attendance.objects.filter(worker__in=known):
        last.setdefault(one.worker_id, one)
    found = [
        Carrying(known[pk], persons, since, stopped, full, named.get(pk), last.get(pk))
        for pk, persons, since, stopped, full in rows
        if pk in known
    ]
    return sorted(found, key=lambda one: one.worker.sort_key)


def lone_pairings(by: Membership) -> list[tuple[Membership, int, datetime]]:
    """Return who works alone with how many persons, and since when at the longest."""
    rows = _rows("SELECT worker, persons, since FROM safety.lone_pairings()")
    known = colleagues(by).in_bulk([row[0] for row in rows])
    return [(known[pk], persons, since) for pk, persons, since in rows if pk in known]


def _rows(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
