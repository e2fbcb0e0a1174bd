"""What only the database can answer: it knows the agreements in force, and what of the other side may be told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from concordat.cases.models import Heading, Link
from concordat.core.codes import Category
from concordat.people.models import Membership

GIVEN = (Category.P18, Category.P19)
Value = UUID | datetime | int | None


def against_session(link: Link, *, worker: Membership, starts_at: datetime, minutes: int | None) -> str:
    """Return the name of what stands against a session, or nothing; `minutes` is None for one that was not held."""
    found = _one("SELECT referrals.why_no_session(%s, %s, %s, %s)", link.pk, worker.pk, starts_at, minutes)
    return found or ""


def headings_of(case: UUID) -> list[Heading]:
    """Return the headings under which a note may be written now, in their fixed order."""
    agreed = {name for (name,) in _all("SELECT referrals.my_headings(%s)", case)}
    return [heading for heading in Heading if heading.value in agreed]


def outcomes_owed(link: Link) -> int:
    """Return how many desired outcomes the end report has to answer."""
    return _one("SELECT referrals.outcomes_owed(%s)", link.pk) or 0


def has_end_report(link: Link) -> bool:
    """Tell whether the end report is written, also where it is not read back."""
    return bool(_one("SELECT referrals.has_end_report(%s)", link.pk))


def reports_received() -> dict[UUID, UUID]:
    """Return the end reports that partners owed and that may be read, each with one's own case that it is about."""
    return dict(_all("SELECT report, own_case FROM referrals.my_owed_reports()"))


def in_force_with(organisation: int) -> bool:
    """Tell whether activity terms with an organisation are in force now."""
    return bool(_one("SELECT %s IN (SELECT access.partners())", organisation))


def within_wind_down_of(organisation: int) -> bool:
    """Tell whether they are, or were within the last 30 days."""
    return bool(_one("SELECT %s IN (SELECT access.wind_down_partners())", organisation))


def given_to_the_other_side(link: Link) -> list[tuple[int, str, str, str]]:
    """Return what the rules in force give of attendance and progress: category, form, role and condition."""
    found = _all("SELECT category, form, unnest(roles), condition FROM referrals.passed(%s, true)", link.pk)
    return [(category, form, role, condition) for category, form, role, condition in found if category in GIVEN]


def _one(statement: str, *values: Value) -> Any:  # noqa: ANN401 - each question says what it answers
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
        return row[0] if row else None


def _all(statement: str, *values: Value) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
