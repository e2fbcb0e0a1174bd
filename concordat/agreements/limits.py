"""What the clauses in force allow about suspending and ending: grounds, longest length, notice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from .models import MAX_SUSPENSION_DAYS, Agreement, Clause, Ground, Kind
from .status import begun, ends

# How long a party can suspend does not start anew with each suspension: within four weeks the days are added up.
COUNTED = timedelta(days=28)


@dataclass(frozen=True)
class Limits:
    """Where nothing is agreed: every listed ground, the longest length that the database knows, no notice."""

    grounds: tuple[str, ...] = tuple(Ground.values)
    max_days: int = MAX_SUSPENSION_DAYS
    notice_days: int = 0


def limits(agreement: Agreement, at: datetime) -> Limits:
    """Return what is agreed for this instrument; a protocol follows its framework, but has a notice of its own."""
    if agreement.kind == Kind.TERMS:
        return of_clause(answers(agreement, "TRM-12", at))
    if agreement.kind == Kind.FRAMEWORK or agreement.framework is None:
        return of_clause(answers(agreement, "MOU-25", at))
    above = of_clause(answers(agreement.framework, "MOU-25", at))
    own = of_clause(answers(agreement, "ISP-24", at))
    return Limits(above.grounds, above.max_days, own.notice_days)


def answers(agreement: Agreement, code: str, at: datetime) -> dict[str, Any]:
    """Return the answers of a clause of the version that holds at that moment."""
    version = begun(agreement, at)
    found = (
        Clause.objects.filter(version=version, code=code).values_list("parameters", flat=True).first()
        if version
        else None
    )
    return found or {}


def of_clause(found: dict[str, Any]) -> Limits:
    standard = Limits()
    return Limits(
        tuple(name for name in found.get("grounds", standard.grounds) if name in Ground.values),
        min(int(found.get("max_days", standard.max_days)), MAX_SUSPENSION_DAYS),
        int(found.get("notice_days", standard.notice_days)),
    )


def days_used(agreement: Agreement, at: datetime) -> int:
    """Count the days, rounded up, for which this agreement was suspended within the last four weeks.

    What a law or a court ordered does not count: no party chose it.
    """
    since = at - COUNTED
    total = timedelta()
    for one in agreement.suspensions.all():
        if one.ground != Ground.LAW:
            total += max(timedelta(), min(ends(one), at) - max(one.starts_at, since))
    return ceil(total / timedelta(days=1))


def days_left(agreement: Agreement, ground: str, at: datetime) -> int:
    """Return for how many days it can be suspended now."""
    longest = limits(agreement, at).max_days
    return longest if ground == Ground.LAW else max(0, longest - days_used(agreement, at))
