"""What the tests of this room need beside the world: a new case, a referral at each stage, terms that are over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from concordat.agreements.models import Agreement, Ending, Signature, Suspension, TermsPlace, Version
from concordat.cases.actions import assign, record_participation
from concordat.cases.models import Assignment, Case, Link, Participation, Placement
from concordat.core.days import add_months
from concordat.core.refusals import name_of
from concordat.demo.world import LANTERN, PRISON, START, acting, named, propose_as_it_stands
from concordat.people.models import Membership
from concordat.referrals.asking import actions
from concordat.referrals.asking.outside import asked_of_workers
from concordat.referrals.models import Answer, Goal, Referral, Service


@contextmanager
def database_refuses(constraint: str) -> Iterator[None]:
    """Expect the database to refuse, by the name of a constraint."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
    assert name_of(caught.value) == constraint


@contextmanager
def hidden_from_writing() -> Iterator[None]:
    """Expect the policies to refuse what is written."""
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        yield


def make_case(*, place: str = "aldermoor", child_rules: bool = False) -> Case:
    """Open a case of the prison service, as its programme manager."""
    with acting("pat") as by:
        case = Case.objects.create(
            owner_id=PRISON, reference=f"A-{uuid4().hex[:6]}", working_code="4K", service_purpose="Mentoring",
            child_rules=child_rules,
        )  # fmt: skip
        about = {"owner_id": PRISON, "case": case, "created_by": by}
        Placement.objects.create(place_id=named(place), starts_at=START, **about)
        Assignment.objects.create(case=case, owner_id=PRISON, membership=by, activity="custody", created_by=by)
    return case


def written(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - handed on
    """Return what a referral says."""
    return {
        "need": "mentoring",
        "text": "Wants to talk to somebody from outside.",
        "desired_outcomes": ["A weekly routine"],
        **changed,
    }


def make_draft(case: Case | None = None, **changed: Any) -> Referral:  # noqa: ANN401 - handed on
    """Draft a referral to Lantern's mentoring, as the programme manager."""
    case = case or make_case()
    with acting("pat") as by:
        service = Service.objects.get(pk=named("service"))
        return actions.draft(case, service=service, by=by, **written(**changed))


def make_sent(case: Case | None = None, **changed: Any) -> Referral:  # noqa: ANN401 - handed on
    """Draft a referral and send it."""
    drafted = make_draft(case, **changed)
    with acting("pat") as by:
        return actions.send(drafted, checked_by="Pat Vell", checked_on=localdate(), by=by)


def make_answer(referral: Referral, *, accept: bool, reason: str = "") -> Answer:
    """Answer a referral, as Lantern's coordinator."""
    with acting("cora") as by:
        return actions.answer(Referral.objects.get(pk=referral.pk), accept=accept, reason=reason, by=by)


def make_link(case: Case | None = None) -> Link:
    """Refer somebody and accept, so that Lantern has a case of its own."""
    link = make_answer(make_sent(case), accept=True).link
    assert link is not None
    return link


def assigned(link: Link, worker: str = "nadia") -> Assignment:
    """Assign a worker of Lantern to its side of a link."""
    with acting("cora") as by:
        found = Membership.objects.get(pk=named(worker))
        case = Case.objects.get(pk=link.civil_case_id)
        return assign(case, worker=found, activity="custody", asked=asked_of_workers(case.pk), by=by)


def paper(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - handed on
    """Return what is recorded of a person's agreement."""
    return {
        "informer": "provider",
        "informed_by": "Cora Lind",
        "informed_at": now() - timedelta(days=2),
        "starts_at": now() - timedelta(minutes=1),
        "ends_at": datetime.combine(add_months(localdate(), 6), time(), UTC),
        "teach_back": True,
        "signed": "signature",
        "headings": ["routine", "ties"],
        "copy_given": "On paper, in Marenian",
        "contest_route": "Slip to the ombudsman",
        "offered": ["routine", "ties", "skills"],
        **changed,
    }


def make_participation(link: Link, **changed: Any) -> Participation:  # noqa: ANN401 - handed on
    """Record that the person of a link agreed, as Lantern's coordinator."""
    with acting("cora") as by:
        return record_participation(Link.objects.get(pk=link.pk), by=by, **paper(**changed))


def goal(**changed: Any) -> Goal:  # noqa: ANN401 - handed on
    """Return a goal that is not stored yet."""
    return Goal(
        **{
            "text": "Keep a weekly routine",
            "target": "behaviour",
            "measure": "Three of four planned activities",
            "threshold": "Four weeks in a row",
            "measured_by": "The person",
            **changed,
        }
    )


def lapse_terms() -> None:
    """Sign a version of the terms whose last day was yesterday: it replaces the one in force, and is over."""
    yesterday = datetime.combine(localdate(), time(), UTC)
    with acting("helen") as by:
        version = Version.objects.create(
            agreement_id=named("terms"),
            number=2,
            first_day=START.date(),
            last_day=(yesterday - timedelta(days=1)).date(),
            starts_at=START,
            ends_at=yesterday,
            drafted_by=by,
            drafted_for_id=PRISON,
        )
        TermsPlace.objects.create(version=version, place_id=named("aldermoor"))
        propose_as_it_stands(version, by)
    for signatory in ("helen", "ruth"):
        with acting(signatory, level=2) as by:
            Signature.objects.create(
                version=version, organisation_id=by.organisation_id, membership=by, hash=version.hash, signed_at=START
            )


def suspend_terms() -> None:
    """Suspend the terms for a week."""
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named("terms"), organisation_id=PRISON, ground="safety", explanation="A threat",
            ends_at=now() + timedelta(days=7), created_by=by,
        )  # fmt: skip


def end_terms() -> None:
    """End the terms before their last day."""
    with acting("ruth", level=2) as by:
        Ending.objects.create(
            agreement=Agreement.objects.get(pk=named("terms")),
            organisation_id=LANTERN,
            reason="No funds",
            created_by=by,
        )
