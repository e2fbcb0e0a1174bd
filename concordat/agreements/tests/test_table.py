"""What the table of rules may not give, whoever signs it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from concordat.agreements import actions
from concordat.agreements.models import SharingRule, Version
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.demo.world import FAMILIES, LANTERN, PRISON, acting
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import ready
from .judging import problems, rejected

pytestmark = pytest.mark.django_db


@pytest.fixture
def helen() -> Iterator[Membership]:
    with acting("helen") as by:
        yield by


@pytest.fixture
def protocol(helen: Membership) -> Version:
    return ready.protocol(helen, ready.agreed("framework"))


def give(version: Version, by: Membership, **changes: object) -> SharingRule:
    """Add a rule from civil society to the authority, unless told otherwise."""
    rule: dict[str, Any] = {
        "owner": Organisation.objects.get(pk=LANTERN),
        "category": Category.P13,
        "form": Form.SUMMARY,
        "purpose": Purpose.INTERVENTION,
        "role": Role.CASE_OFFICER,
        "condition": Condition.PARTICIPATION,
        "basis": "Act, s. 7",
    }
    return actions.add_rule(version, **{**rule, **changes}, by=by)


@pytest.mark.requirement("ISP-3")
def test_a_rule_without_a_basis_is_not_stored_and_one_of_blanks_is_rejected(
    protocol: Version, helen: Membership
) -> None:
    with pytest.raises(IntegrityError, match="rule_has_a_basis"), transaction.atomic():
        give(protocol, helen, basis="")
    give(protocol, helen, basis="  ")
    assert rejected(protocol) == ["ISP-4"]


@pytest.mark.requirement("ISP-2")
def test_a_rule_has_a_purpose_that_the_protocol_names(protocol: Version, helen: Membership) -> None:
    give(protocol, helen, purpose=Purpose.SUPERVISION)
    assert "Its purpose is not among those of clause 2." in problems(protocol)
    give(protocol, helen, purpose="")
    assert "It names no purpose." in problems(protocol)


@pytest.mark.requirement("ISP-4")
def test_a_rule_has_a_role_and_the_parties_of_the_protocol(protocol: Version, helen: Membership) -> None:
    give(protocol, helen, role="")
    assert "It names no role." in problems(protocol)
    SharingRule.objects.filter(role="").delete()
    SharingRule.objects.filter(version=protocol, category=Category.P30).update(recipient=FAMILIES)
    assert "It is not between the parties of this protocol." in problems(protocol)


@pytest.mark.requirement("ISP-4")
def test_an_empty_table_is_rejected(protocol: Version) -> None:
    protocol.sharingrules.all().delete()
    assert rejected(protocol) == ["ISP-4"]


@pytest.mark.requirement("ISP-10")
@pytest.mark.parametrize("category", [Category.P20, Category.P33])
def test_what_is_not_stored_cannot_be_given(protocol: Version, helen: Membership, category: Category) -> None:
    with pytest.raises(IntegrityError, match="rule_category_may_be_given"), transaction.atomic():
        give(protocol, helen, category=category)


@pytest.mark.requirement("ISP-10")
@pytest.mark.parametrize("owner", [PRISON, LANTERN])
@pytest.mark.parametrize("category", [Category.P25, Category.P26, Category.P29, Category.S04])
def test_what_is_closed_to_every_agreement_is_rejected(
    protocol: Version, helen: Membership, category: Category, owner: int
) -> None:
    give(protocol, helen, owner=Organisation.objects.get(pk=owner), category=category)
    assert rejected(protocol) == ["ISP-4"]


@pytest.mark.requirement("ISP-10")
@pytest.mark.parametrize(
    ("form", "good"),
    [(Form.FULL, False), (Form.SUMMARY, False), (Form.THRESHOLD, False), (Form.DATE, True), (Form.EXISTENCE, True)],
)
def test_of_vetting_only_the_outcome_passes(protocol: Version, helen: Membership, form: Form, good: bool) -> None:  # noqa: FBT001
    give(protocol, helen, category=Category.S02, form=form, condition=Condition.NONE)
    assert (rejected(protocol) == []) is good


@pytest.mark.requirement("ISP-7")
@pytest.mark.parametrize(
    ("condition", "good"), [(Condition.NONE, False), (Condition.PARTICIPATION, False), (Condition.RELATIVE, True)]
)
def test_what_is_about_relatives_is_theirs_to_give(
    protocol: Version,
    helen: Membership,
    condition: Condition,
    good: bool,  # noqa: FBT001
) -> None:
    give(protocol, helen, category=Category.P16, condition=condition)
    assert (rejected(protocol) == []) is good


@pytest.mark.requirement("ISP-7", "PP-11")
@pytest.mark.parametrize(
    ("category", "form", "condition", "good"),
    [
        (Category.P18, Form.DATE, Condition.NONE, False),
        (Category.P18, Form.DATE, Condition.RELATIVE, False),
        (Category.P18, Form.DATE, Condition.PARTICIPATION, True),
        (Category.P19, Form.SUMMARY, Condition.NONE, False),
        (Category.P19, Form.SUMMARY, Condition.PARTICIPATION, True),
        (Category.P31, Form.EXISTENCE, Condition.NONE, False),
        (Category.P31, Form.FULL, Condition.PARTICIPATION, False),
        (Category.P31, Form.DATE, Condition.PARTICIPATION, False),
        (Category.P31, Form.EXISTENCE, Condition.PARTICIPATION, True),
    ],
)
def test_a_persons_own_choice_is_told_only_while_they_agree(  # noqa: PLR0917 - a table of cases
    protocol: Version,
    helen: Membership,
    category: Category,
    form: Form,
    condition: Condition,
    good: bool,  # noqa: FBT001
) -> None:
    give(protocol, helen, category=category, form=form, condition=condition)
    assert (rejected(protocol) == []) is good


def test_dates_of_ordered_attendance_pass_where_the_protocol_names_it(protocol: Version, helen: Membership) -> None:
    ready.answer(protocol, "ISP-2", helen, purposes=["intervention", "supervision"])
    ready.answer(protocol, "ISP-7", helen, mandated=["supervision"])
    briefing = {"category": Category.P07, "form": Form.FULL, "role": Role.FACILITATOR}
    give(
        protocol,
        helen,
        owner=Organisation.objects.get(pk=PRISON),
        purpose=Purpose.SUPERVISION,
        condition=Condition.NONE,
        **briefing,
    )
    give(protocol, helen, category=Category.P18, form=Form.DATE, purpose=Purpose.SUPERVISION, condition=Condition.NONE)
    assert rejected(protocol) == []
    give(
        protocol, helen, category=Category.P18, form=Form.SUMMARY, purpose=Purpose.SUPERVISION, condition=Condition.NONE
    )
    assert rejected(protocol) == ["ISP-4"]


def test_attendance_in_custody_cannot_be_called_ordered(protocol: Version, helen: Membership) -> None:
    ready.answer(protocol, "ISP-7", helen, mandated=["intervention"])
    assert rejected(protocol) == ["ISP-7"]


@pytest.mark.requirement("ISP-9")
@pytest.mark.parametrize("category", [Category.P27, Category.P28])
@pytest.mark.parametrize(("form", "good"), [(Form.THRESHOLD, True), (Form.FULL, False), (Form.DATE, False)])
def test_civil_society_does_not_report_below_the_threshold(
    protocol: Version,
    helen: Membership,
    category: Category,
    form: Form,
    good: bool,  # noqa: FBT001
) -> None:
    give(protocol, helen, category=category, form=form, condition=Condition.NONE)
    assert (rejected(protocol) == []) is good


def test_observations_pass_only_while_the_person_agrees(protocol: Version, helen: Membership) -> None:
    give(protocol, helen, category=Category.P24, condition=Condition.NONE)
    assert rejected(protocol) == ["ISP-4"]


@pytest.mark.requirement("PP-12")
@pytest.mark.parametrize(
    "change",
    [
        {"form": Form.SUMMARY},
        {"condition": Condition.PARTICIPATION},
        {"role": Role.COORDINATOR},
        {"purpose": Purpose.REINTEGRATION},
    ],
)
def test_whoever_meets_a_person_gets_the_safety_briefing(
    protocol: Version, helen: Membership, change: dict[str, str]
) -> None:
    ready.answer(protocol, "ISP-2", helen, purposes=["intervention", "reintegration"])
    rule = protocol.sharingrules.get(category=Category.P07, role=Role.FACILITATOR)
    fields = {name: getattr(rule, name) for name in ("form", "purpose", "role", "condition", "basis")}
    actions.change_rule(rule, **{**fields, **change}, by=helen)
    assert rejected(protocol) == ["ISP-4"]
    assert "safety briefing" in problems(protocol)


@pytest.mark.requirement("PP-12")
def test_the_safety_briefing_cannot_be_forbidden(protocol: Version, helen: Membership) -> None:
    actions.add_prohibition(protocol, owner=Organisation.objects.get(pk=PRISON), category=Category.P07, by=helen)
    assert rejected(protocol) == ["ISP-4"]


@pytest.mark.requirement("ISP-23")
def test_the_assessment_of_the_effect_on_rights_has_a_number(protocol: Version, helen: Membership) -> None:
    ready.answer(protocol, "ISP-23", helen, dpia=" ")
    assert rejected(protocol) == ["ISP-23"]


@pytest.mark.requirement("ISP-25")
def test_nothing_leaves_the_country_unless_it_is_said_where_to(protocol: Version, helen: Membership) -> None:
    assert protocol.clauses.get(code="ISP-25").parameters["transfer"] == "none"
    ready.answer(protocol, "ISP-25", helen, transfer="listed")
    assert rejected(protocol) == ["ISP-25"]
    ready.answer(protocol, "ISP-25", helen, transfer="listed", countries=["Norland, adequacy decision of 2024"])
    assert rejected(protocol) == []
