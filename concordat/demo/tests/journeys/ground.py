"""What a journey begins with: a prison service and Threshold Families, about to sign what they have written.

Everything is done as the people of the world do it, through the same actions. Only two people are put in as the owner
of the database: an organisation's first people come from outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
from django.db import transaction
from django.utils.timezone import now

from concordat.agreements import actions as agreements
from concordat.agreements.models import Agreement, Version
from concordat.agreements.tests import ready
from concordat.cases import actions as case_actions
from concordat.cases.models import Assignment, Case, Link
from concordat.core.codes import Activity, Purpose
from concordat.demo.world import FAMILIES, PEOPLE, PRISON, START, Person, named
from concordat.ledger.context import Actor, act_as
from concordat.people import actions as people
from concordat.people.models import Membership
from concordat.people.roles import Role

MORE_PEOPLE = {
    "tove": Person("Tove Lund", FAMILIES, "Director", (Role.SIGNATORY, Role.DIRECTOR)),
    "noor": Person("Noor Haddad", FAMILIES, "Mentor", (Role.FACILITATOR,)),
}
SEATED = ("ines", "helen", "pat", "tove", "faye", "noor")
COURSES = ("induction", "safeguarding")
MISSING = "ISP-18"  # the clause that the draft still lacks an answer to


@dataclass(frozen=True)
class Ground:
    """The things that a journey starts from."""

    framework: Agreement
    protocol: Agreement
    terms: Agreement


def prepare(owner_dsn: str, *, language: str) -> Ground:
    """Seat the people and write the agreements: the framework is signed, the protocol and the terms are drafts."""
    with psycopg.connect(owner_dsn, autocommit=True) as connection:
        for name, person in MORE_PEOPLE.items():
            take_on(connection, name, person)
    for order, name in enumerate(SEATED):
        user, address = named(f"user:{name}"), f"{name}@example.org"
        people.make_persona(user, email=address, order=order, story=everybody()[name].title, language=language)
    with acting("helen") as by:
        framework = agreements.propose(ready.framework(by), by=by)
    sign(framework)
    with acting("helen") as by:
        protocol = ready.protocol(by, framework.agreement)
        ready.answer(protocol, MISSING, by, contact="")
        terms = ready.terms(by, framework.agreement)
    return Ground(framework.agreement, protocol.agreement, terms.agreement)


def everybody() -> dict[str, Person]:
    return {**PEOPLE, **MORE_PEOPLE}


def take_on(connection: psycopg.Connection, name: str, person: Person) -> None:
    """Give an organisation somebody who is cleared and trained."""
    roles = [str(role) for role in person.roles]
    connection.execute(
        "INSERT INTO people_membership (id, user_id, organisation_id, shown_name, title, roles, valid_from)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (named(name), named(f"user:{name}"), person.organisation, person.name, person.title, roles, START),
    )
    until = now() + timedelta(days=200)
    connection.execute(
        "INSERT INTO people_clearance (id, membership_id, authority_id, level, valid_from, valid_until)"
        " VALUES (%s, %s, %s, 'enhanced', %s, %s)",
        (uuid4(), named(name), PRISON, START, until),
    )
    for course in COURSES:
        connection.execute(
            "INSERT INTO people_training (id, membership_id, code, valid_from, valid_until)"
            " VALUES (%s, %s, %s, %s, %s)",
            (uuid4(), named(name), course, START, until),
        )


@contextmanager
def acting(name: str, *, level: int = 1) -> Iterator[Membership]:
    """Act as one of the seated people inside the block."""
    actor = Actor(named(name), everybody()[name].organisation, named(f"user:{name}"), Purpose.INTERVENTION, level)
    with transaction.atomic():
        act_as(actor)
        yield Membership.objects.get(pk=named(name))
        act_as(None)


def sign(version: Version) -> None:
    for name in ("helen", "tove"):
        with acting(name, level=2) as by:
            agreements.sign(version, hash=version.hash, by=by)


def had_met_before(link: UUID) -> None:
    """Let the mentor have been assigned earlier this week, so that there was a day on which to meet."""
    with acting("faye") as by:
        own = Link.objects.get(pk=link).civil_case_id
        Assignment.objects.create(
            case_id=own, owner_id=FAMILIES, membership_id=named("noor"), activity=Activity.CUSTODY, created_by=by,
            starts_at=now() - timedelta(days=5), ends_at=now() - timedelta(hours=1),
        )  # fmt: skip


def follow_up(case: UUID) -> None:
    """Assign the programme manager to the case of a person who was referred; there is no page for that yet."""
    with acting("pat") as by:
        case_actions.assign(Case.objects.get(pk=case), worker=by, activity=Activity.CUSTODY, by=by)


def reference_of(case: UUID, name: str) -> str:
    """Return the reference of a case, as one of its own people sees it."""
    with acting(name):
        return Case.objects.get(pk=case).reference
