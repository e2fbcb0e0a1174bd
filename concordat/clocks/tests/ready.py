"""Clocks about things of the world, and time that passes."""

from typing import Any

import psycopg
from django.utils.timezone import localdate

from concordat.agreements import actions as agreements
from concordat.agreements.models import Agreement, Dispute, Kind
from concordat.cases import actions as cases
from concordat.cases.models import Case, RightsRequest
from concordat.clocks.models import Running
from concordat.demo.world import LANTERN, PRISON, acting, named

Superuser = psycopg.Connection[Any]
OURS = named("civil_case")


def disputed(by: str = "helen") -> Dispute:
    """Have a party raise a disagreement about its framework with the other."""
    with acting(by, level=2) as author:
        found = Agreement.objects.get(kind=Kind.FRAMEWORK, party_a__in=(PRISON, LANTERN), party_b__in=(PRISON, LANTERN))
        return agreements.dispute(found, about="The hours of the workshop.", by=author)


def asked(by: str = "cora") -> RightsRequest:
    """Have a person ask something under their rights."""
    with acting(by) as author:
        return cases.record_request(
            Case.objects.get(pk=OURS), right="access", words="What do you hold about me?", route="worker",
            asked_on=localdate(), by=author,
        )  # fmt: skip


def seen(name: str, **wanted: Any) -> list[Running]:  # noqa: ANN401 - fields of a clock
    """Return the clocks that somebody sees."""
    with acting(name):
        return list(Running.objects.filter(**wanted))


def steps(name: str, **wanted: Any) -> list[str]:  # noqa: ANN401 - fields of a clock
    return sorted(f"{one.code}/{one.step}" for one in seen(name, **wanted))


def pass_days(superuser: Superuser, days: int, code: str) -> None:
    """Let days pass for the clocks of one kind."""
    superuser.execute(
        "UPDATE clocks_running SET starts_at = starts_at - make_interval(days => %(days)s), "
        "due_at = due_at - make_interval(days => %(days)s) WHERE code = %(code)s AND ended_at IS NULL",
        {"days": days, "code": code},
    )


def lapses(superuser: Superuser) -> list[tuple[Any, ...]]:
    return superuser.execute(
        "SELECT r.code || '/' || r.step, l.told, l.above FROM clocks_lapse l JOIN clocks_running r "
        "ON r.id = l.clock_id ORDER BY l.recorded_at, l.at"
    ).fetchall()
