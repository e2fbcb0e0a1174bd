"""How a service is kept up at a place: what was reported, how soon it was answered, and how many sessions were held.

Counted among what the asker may read, for a year back. Reports and sessions are counted to organisations, never to a
person or a worker.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils.timezone import localdate, now

from concordat.referrals.models import Cause, Session

from .models import Interference, Kind

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """One kind of interference: how many reports, how many answered in time, and the sessions that were lost."""

    kind: str
    reports: int
    in_time: int
    lost: int


def of_reports(reports: Iterable[Interference]) -> list[Line]:
    """Return one line for each kind that was reported, in the order of the list of kinds."""
    found = list(reports)
    kinds = [(kind, [one for one in found if one.kind == kind]) for kind in Kind]
    return [Line(str(kind.label), len(some), *_sums(some)) for kind, some in kinds if some]


def _sums(some: list[Interference]) -> tuple[int, int]:
    in_time = sum(1 for one in some if one.answered_at and not one.is_late)
    return in_time, sum(one.sessions_lost for one in some)


@dataclass(frozen=True)
class Sessions:
    """How many sessions were planned and held, and why the others were not."""

    planned: int
    held: int
    causes: list[tuple[str, int]]


def of_sessions(owner: int) -> Sessions:
    """Count the sessions of one's own organisation within the last year."""
    rows = Session.objects.filter(owner=owner, starts_at__gte=now() - LOOKED_BACK).order_by()
    counted = {(one["held"], one["cause"]): one["n"] for one in rows.values("held", "cause").annotate(n=Count("pk"))}
    held = sum(n for (was_held, _cause), n in counted.items() if was_held)
    causes = [(str(cause.label), counted.get((False, cause.value), 0)) for cause in Cause]
    return Sessions(sum(counted.values()), held, [one for one in causes if one[1]])


def since() -> date:
    """Return the first day that is counted."""
    return localdate() - LOOKED_BACK
