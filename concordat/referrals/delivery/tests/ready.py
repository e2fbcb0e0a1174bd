"""What tests of delivery begin with: a worker who has been assigned for a while, sessions, and ways to end it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from concordat.cases.models import Assignment, Heading, Link, Participation
from concordat.core.codes import Activity, Purpose
from concordat.core.refusals import name_of
from concordat.demo.world import LANTERN, PEOPLE, acting, named
from concordat.ledger.context import Actor, act_as
from concordat.people.models import Membership
from concordat.referrals.delivery import actions
from concordat.referrals.models import EndReport, Review, Session

LONG = timedelta(days=60)
ABOUT = {"owner_id": LANTERN, "case_id": named("civil_case")}
OUTCOMES = [("partly", "Most weeks there was a routine.")]


def assigned_long_ago(name: str = "nadia", *, headings: tuple[str, ...] = ("routine", "ties")) -> None:
    """Let a worker have been assigned, and the person have agreed, for two months."""
    with acting("cora") as by:
        Assignment.objects.filter(membership_id=named(name), ends_at=None).update(ends_at=now())
        Assignment.objects.create(
            **ABOUT, membership_id=named(name), activity=Activity.CUSTODY, created_by=by, starts_at=now() - LONG
        )
        agreed(by, headings=headings)


def agreed(by: Membership, *, headings: tuple[str, ...]) -> Participation:
    """Record the person's agreement of two months ago."""
    return Participation.objects.create(
        **ABOUT,
        created_by=by,
        link_id=named("link"),
        informed_by="Cora Lind",
        informed_at=now() - LONG - timedelta(days=3),
        teach_back=True,
        headings=list(headings),
        copy_given="On paper",
        contest_route="Slip to the ombudsman",
        starts_at=now() - LONG,
        ends_at=now() + timedelta(days=90),
    )


def ago(**length: float) -> datetime:
    """Return a moment in the past, as people type it: by the minute."""
    return (now() - timedelta(**length)).replace(second=0, microsecond=0)


def link() -> Link:
    """Return the link of the world, as its own side sees it."""
    return Link.objects.select_related("civil_case", "civil", "authority").get(pk=named("link"))


def record(name: str = "nadia", **changes: Any) -> Session:  # noqa: ANN401 - the fields of an action
    """Record a session of the last hour as its worker."""
    with acting(name) as by:
        fields = {"worker": by, "starts_at": ago(hours=1), "held": True, "minutes": 50, **changes}
        return actions.record_session(link(), by=by, **fields)


def review(name: str = "nadia", **changes: Any) -> Review:  # noqa: ANN401 - the fields of an action
    """Record a review of today."""
    with acting(name) as by:
        fields = {"held_on": now().date(), "notes": {Heading.ROUTINE: "Three weeks of four."}, **changes}
        return actions.write_review(link(), by=by, **fields)


def report(name: str = "nadia", **changes: Any) -> EndReport:  # noqa: ANN401 - the fields of an action
    """Write the end report."""
    with acting(name) as by:
        fields = {"summary": "Twelve meetings.", "outcomes": OUTCOMES, **changes}
        return actions.write_end_report(link(), by=by, **fields)


def insert(name: str = "nadia", **changes: Any) -> Session:  # noqa: ANN401 - the fields of a row
    """Write a session past the rules, as the application role does it in SQL."""
    with acting(name) as by:
        fields = {"created_by": by, "worker": by, "starts_at": ago(hours=1), "held": True, "minutes": 50, **changes}
        return Session.objects.create(**{**ABOUT, "link_id": named("link"), **fields})


@contextmanager
def looking_as(name: str) -> Iterator[None]:
    """Look as somebody who may have left: what a request of theirs would still see."""
    with transaction.atomic():
        act_as(Actor(named(name), PEOPLE[name].organisation, named(f"user:{name}"), Purpose.INTERVENTION))
        yield
        act_as(None)


@contextmanager
def refused_by_the_database(name: str) -> Iterator[None]:
    """Expect that the database refuses what happens inside, by this constraint."""
    stopped = ""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        stopped = name_of(error)
    assert stopped == name, stopped or "nothing was refused"
