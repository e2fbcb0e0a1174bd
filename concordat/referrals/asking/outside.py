"""What passes between the two sides of a referral without either reading the other's rows. The database says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from concordat.cases.rules import Asked

from .terms import papers


@dataclass(frozen=True)
class OutsideView:
    """The same for declined, not answered, never asked, refused by the person, withdrawn, paused and ended (PP-11)."""

    acknowledged: bool = False
    agreed: bool = False


def outside_views(referrals: Iterable[UUID]) -> dict[UUID, OutsideView]:
    """Return what may be known of each of one's own referrals that was sent; one query for all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals.outside_views(%s)", [list(referrals)])
        return {referral: OutsideView(acknowledged, agreed) for referral, acknowledged, agreed in cursor.fetchall()}


def outside_view(referral: UUID) -> OutsideView:
    """Return what may be known of one referral."""
    return outside_views([referral]).get(referral, OutsideView())


def service_behind(link: UUID) -> UUID | None:
    """Return which service one's own link is about, without reading the referrer's record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals.service_behind(%s)", [link])
        row = cursor.fetchone()
    return row[0] if row else None


def asked_of_workers(case: UUID) -> list[Asked]:
    """Return what the terms of each running activity ask of the workers on one's own case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals.asked_of_workers(%s)", [case])
        rows = cursor.fetchall()
    known = papers() if any(not row[4] for row in rows) else None
    return [
        Asked(
            activity, agreement, clearance, tuple(trainings), "" if in_force or not known else known.missing(agreement)
        )
        for activity, agreement, clearance, trainings, in_force in rows
    ]


@dataclass(frozen=True)
class Passed:
    """A rule in force between the two sides of a link."""

    category: int
    form: str
    condition: str
    roles: tuple[str, ...]


def passed(link: UUID, *, outward: bool) -> list[Passed]:
    """Return what the provider passes to the authority under the rules in force, or (not outward) what it is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals.passed(%s, %s)", [link, outward])
        return [Passed(row[0], row[1], row[2], tuple(row[3])) for row in cursor.fetchall()]
