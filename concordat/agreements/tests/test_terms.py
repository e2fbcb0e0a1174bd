"""What activity terms cannot do without."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from concordat.agreements import actions, validator
from concordat.agreements.models import Kind, Version
from concordat.demo.world import acting
from concordat.people.models import Membership

from . import ready
from .judging import problems, rejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def helen() -> Iterator[Membership]:
    with acting("helen") as by:
        yield by


@pytest.fixture
def terms(helen: Membership) -> Version:
    return ready.terms(helen, ready.agreed("framework"))


@pytest.mark.requirement("C6.16")
def test_terms_without_a_schedule_of_payments_are_rejected(terms: Version) -> None:
    terms.fundinglines.all().delete()
    assert rejected(terms) == ["TRM-13"]


@pytest.mark.requirement("C6.16")
def test_a_zero_says_why(terms: Version, helen: Membership) -> None:
    assert rejected(terms) == []
    terms.fundinglines.update(reason=" ")
    assert rejected(terms) == ["TRM-13"]


@pytest.mark.requirement("C6.16")
@pytest.mark.parametrize(
    ("code", "answers"), [("TRM-14", {"gives": []}), ("TRM-15", {"days": 90}), ("TRM-16", {"percent": None})]
)
def test_terms_name_things_in_kind_payment_time_and_compensation(
    terms: Version, helen: Membership, code: str, answers: dict[str, Any]
) -> None:
    ready.answer(terms, code, helen, **answers)
    assert rejected(terms) == [code]


def test_terms_name_a_place(terms: Version, helen: Membership) -> None:
    actions.set_places(terms, places=[], by=helen)
    assert rejected(terms) == ["TRM-2"]


@pytest.mark.parametrize("forms", [[], ["listening"], ["line_of_sight", "recording"]])
def test_sessions_are_watched_over_only_in_the_listed_forms(
    terms: Version, helen: Membership, forms: list[str]
) -> None:
    ready.answer(terms, "TRM-5", helen, forms=forms)
    assert rejected(terms) == ["TRM-5"]


@pytest.mark.parametrize("target", ["", "belief"])
def test_terms_name_a_target(terms: Version, helen: Membership, target: str) -> None:
    ready.answer(terms, "TRM-4", helen, target=target)
    assert rejected(terms) == ["TRM-4"]


@pytest.mark.requirement("PP-13")
def test_nobody_evaluates_their_own_work(terms: Version, helen: Membership) -> None:
    ready.answer(terms, "TRM-17", helen, name="Lantern Mentoring, quality team")
    assert rejected(terms) == ["TRM-17"]


def test_terms_need_a_framework_and_a_protocol(helen: Membership) -> None:
    frame = ready.framework(helen)
    terms = ready.terms(helen, frame.agreement)
    assert rejected(terms) == ["", "TRM-6"]
    actions.propose(frame, by=helen)
    assert rejected(terms) == ["TRM-6"]
    actions.propose(ready.protocol(helen, frame.agreement), by=helen)
    assert rejected(terms) == []


@pytest.mark.requirement("MOU-2")
@pytest.mark.requirement("GC.12")
def test_terms_are_for_an_objective_of_the_framework(helen: Membership) -> None:
    frame = actions.propose(ready.framework(helen), by=helen)
    actions.propose(ready.protocol(helen, frame.agreement), by=helen)
    terms = actions.draft(
        kind=Kind.TERMS, title="Mentoring", framework=frame.agreement, activity="supervision", by=helen, **ready.days()
    )
    assert "Supervision after release" in problems(terms)


def test_targets_are_those_of_services_and_goals() -> None:
    from concordat.agreements.catalogue.terms import TARGETS  # noqa: PLC0415 - beside the other one
    from concordat.referrals.models import Target  # noqa: PLC0415 - a test may look up

    assert list(TARGETS) == Target.values


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_finding_names_its_clause_and_a_remedy(language: str, helen: Membership) -> None:
    with translation.override(language):
        version = actions.draft(
            kind=Kind.PROTOCOL, title="Empty", framework=ready.agreed("framework"), by=helen, **ready.days()
        )
        findings = validator.check(version)
    assert {one.clause for one in findings} >= {"ISP-1", "ISP-2", "ISP-4", "ISP-18", "ISP-23"}
    assert all(one.problem.endswith(".") and one.remedy for one in findings)
