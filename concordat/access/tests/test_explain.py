"""The seven conditions in words: the first missing one, who can supply it, and what is never said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import now

from concordat.access import asking
from concordat.access.explain import Decision, why, why_for
from concordat.access.sight import what_i_see
from concordat.agreements.models import Ending, Suspension
from concordat.cases.models import Assignment, Case, Conflict, Link, Participation, Placement, Restriction
from concordat.core.codes import Activity, Category, Purpose
from concordat.demo.world import LANTERN, PRISON, PROBATION, acting, named
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.referrals.models import Answer, Referral

pytestmark = pytest.mark.django_db

# Given by a rule with and without the person's agreement, named by no rule, and under a ceiling.
SOME = (Category.P18, Category.P19, Category.P28, Category.P08, Category.P13, Category.P20)
FRAMEWORK, RULE, TERMS, WORKER, ASSIGNED, AGREES, FORBIDS = range(7)


def ask(
    name: str, category: Category, *, of: int = PRISON, case: str = "", purpose: Purpose = Purpose.INTERVENTION
) -> Decision:
    """Have somebody of the world ask from their own case."""
    with acting(name, purpose=purpose) as by:
        own = Case.objects.get(pk=named(case or ("case" if by.organisation_id == PRISON else "civil_case")))
        return why(own, Organisation.objects.get(pk=of), category, by=by, purpose=purpose)


def suspend(agreement: str) -> None:
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named(agreement), organisation_id=PRISON, ground="safety", explanation="Trouble",
            created_by=by, ends_at=now() + timedelta(days=7),
        )  # fmt: skip


def withdraw() -> None:
    with acting("cora"):
        changed = Participation.objects.filter(pk=named("participation"))
        assert changed.update(withdrawn_at=now(), withdrawn_by_route="said") == 1


# ---- yes -----------------------------------------------------------------------------------------------------------


def test_a_yes_gives_the_whole_chain_with_its_clause() -> None:
    given = ask("nadia", Category.P09)
    assert given.is_open
    assert given.given == "summary"
    assert [link.state for link in given.links] == ["holds"] * 7
    assert "Framework agreement on mentoring" in given.links[FRAMEWORK].words
    assert "clause ISP-4" in given.links[RULE].words
    assert "Prison Act, s. 7" in given.links[RULE].words
    assert "Mentoring at Aldermoor Prison" in given.links[TERMS].words


def test_a_yes_says_until_when_the_worker_is_fit_and_since_when_assigned() -> None:
    given = ask("nadia", Category.P13)
    assert "valid until" in given.links[WORKER].words
    assert "Since" in given.links[ASSIGNED].words
    assert given.links[AGREES].words == "Agreed."
    assert "while the person agrees" in given.words


# ---- the first missing ---------------------------------------------------------------------------------------------


def assert_stops(given: Decision, at: int) -> None:
    """Check that everything before holds, this one is missing, and nothing after it was looked at."""
    assert [link.state for link in given.links] == ["holds"] * at + ["missing"] + ["unread"] * (6 - at)
    assert given.step == at + 1
    assert all(not link.words for link in given.links[at + 1 :])


def test_a_suspended_framework_names_who_suspended_since_when_and_when_it_lapses() -> None:
    suspend("framework")
    given = ask("nadia", Category.P09)
    assert_stops(given, FRAMEWORK)
    missing = given.links[FRAMEWORK]
    assert "suspended by Prison Service" in missing.words
    assert missing.supplier == "Helen Marsh, Prison Service"
    assert missing.waiting
    assert "lapses by itself" in missing.otherwise


def test_an_ended_framework_names_the_signatories_of_both_sides() -> None:
    with acting("ruth", level=2) as by:
        Ending.objects.create(agreement_id=named("framework"), organisation_id=LANTERN, reason="Moved", created_by=by)
    given = ask("nadia", Category.P09)
    assert_stops(given, FRAMEWORK)
    assert given.headline == "No, because the framework agreement has ended"
    assert "Helen Marsh, Prison Service" in given.links[FRAMEWORK].supplier
    assert "Ruth Okar, Lantern Mentoring" in given.links[FRAMEWORK].supplier


def test_without_any_agreement_it_stops_at_one() -> None:
    given = ask("nadia", Category.P21, of=PROBATION)
    assert_stops(given, FRAMEWORK)
    assert "Lantern Mentoring and Probation Service" in given.links[FRAMEWORK].words


@pytest.mark.requirement("C9.8")
def test_what_is_given_in_one_direction_is_not_given_in_the_other() -> None:
    assert ask("nadia", Category.P09).is_open
    given = ask("pat", Category.P09, of=LANTERN)
    assert_stops(given, RULE)
    assert "does not give “Needs”" in given.links[RULE].words


@pytest.mark.requirement("C9.8")
def test_a_category_that_no_rule_names_stops_at_two() -> None:
    given = ask("nadia", Category.P08)
    assert_stops(given, RULE)
    assert "does not give “Full assessment”" in given.links[RULE].words


def test_a_suspended_protocol_is_named_where_rules_would_be() -> None:
    suspend("protocol")
    given = ask("nadia", Category.P09)
    assert_stops(given, RULE)
    assert given.headline == "No, because the information-sharing protocol is suspended"


def test_suspended_terms_stop_at_three_and_say_what_would_open() -> None:
    suspend("terms")
    given = ask("nadia", Category.P13)
    assert_stops(given, TERMS)
    assert given.words == "With what is missing you would see: Summary, while the person agrees."


def test_a_worker_who_is_not_fit_is_told_what_is_missing() -> None:
    with acting("cora") as by:
        Conflict.objects.create(owner=by.organisation, membership_id=named("nadia"), case_id=named("civil_case"))
        # the database ends the assignments of whoever is in conflict, so the coordinator asks for the mentor
        given = for_colleague("nadia", Category.P09)
    assert given
    assert_stops(given, WORKER)
    assert "conflict of interest" in given.links[WORKER].words


def test_who_is_not_assigned_is_told_who_can_assign() -> None:
    given = ask("cora", Category.P09)
    assert_stops(given, ASSIGNED)
    assert given.links[ASSIGNED].supplier == "Cora Lind"


def test_a_ceiling_is_closed_to_every_agreement() -> None:
    for category in (Category.P20, Category.P26, Category.P29):
        given = ask("nadia", category)
        assert given.given == "never"
        assert {link.state for link in given.links} == {"unread"}
        assert "closed to every agreement" in given.words


# ---- not currently --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-11")
def test_a_withdrawal_says_two_words_and_nothing_else() -> None:
    withdraw()
    given = ask("nadia", Category.P13)
    assert given.headline == "Not currently"
    assert [link.state for link in given.links] == ["holds"] * 5 + ["unread"] * 2
    said = " ".join([given.words, *(link.words for link in given.links[5:])])
    for word in ("withdr", "refus", "declin", "restrict", "since", "agree"):
        assert word not in said.lower()


def another_case(by: Membership, name: str) -> Case:
    """Open a second case beside the first, at the same place, with the same officer."""
    case = Case.objects.create(
        id=named(name),
        owner_id=PRISON,
        reference=name,
        working_code="8R",
        service_purpose="Mentoring",
        child_rules=False,
    )
    about: dict[str, Any] = {"owner_id": PRISON, "case": case, "created_by": by}
    Placement.objects.create(**about, place_id=named("aldermoor"), starts_at=now())
    Assignment.objects.create(case=case, owner_id=PRISON, membership=by, activity=Activity.CUSTODY, created_by=by)
    return case


def refer(case: Case, by: Membership) -> Referral:
    first = Referral.objects.get(pk=named("referral"))
    values = {
        field.attname: getattr(first, field.attname)
        for field in Referral._meta.concrete_fields
        if field.name not in {"id", "case", "reference"}
    }
    values |= {"sent_at": None, "sent_by_id": None}
    referral = Referral.objects.create(**values, case=case, reference=f"RF-{case.reference}")
    referral.sent_at, referral.sent_by = now(), by
    referral.save(update_fields=["sent_at", "sent_by"])
    return referral


def nothing_came_of_it(_referral: Referral) -> None:
    """Leave the referral as it was sent."""


def declined(referral: Referral) -> None:
    with acting("cora") as by:
        Answer.objects.create(
            owner_id=LANTERN, referral=referral, created_by=by, accepted=False, answered_at=now(), answered_by=by
        )


def accepted(referral: Referral) -> None:
    """Have the provider accept and link its own case; the person has not been asked."""
    with acting("cora") as by:
        case = Case.objects.create(
            owner_id=LANTERN, reference="LM-9", working_code="8R", service_purpose="Mentoring", child_rules=False
        )
        link = Link.objects.create(
            authority_id=PRISON, authority_case_id=referral.case_id, civil_id=LANTERN, civil_case=case,
            activity=Activity.CUSTODY,
        )  # fmt: skip
        Answer.objects.create(
            owner_id=LANTERN, case=case, link=link, referral=referral, created_by=by, accepted=True, answered_at=now(),
            answered_by=by,
        )  # fmt: skip


@pytest.mark.requirement("PP-11")
@pytest.mark.parametrize("came_of_it", [nothing_came_of_it, declined, accepted])
def test_an_authority_cannot_tell_what_came_of_its_referral(came_of_it: Callable[[Referral], None]) -> None:
    """Not answered, declined, accepted without the person: the same answer, to the last word."""
    with acting("pat") as by:
        case = another_case(by, "second")
        plain = another_case(by, "third")
        referral = refer(case, by)
    came_of_it(referral)
    with acting("pat") as by:
        giver = Organisation.objects.get(pk=LANTERN)
        for category in SOME:
            told, known = (why(one, giver, category, by=by, purpose=Purpose.INTERVENTION) for one in (case, plain))
            assert told == known, category
        assert asking.linked_cases(case.pk) == []


@pytest.mark.requirement("PP-11")
def test_after_a_withdrawal_an_authority_gets_the_answers_of_a_case_without_a_link() -> None:
    withdraw()
    with acting("pat") as by:
        plain = another_case(by, "third")
        first = Case.objects.get(pk=named("case"))
        giver = Organisation.objects.get(pk=LANTERN)
        for category in SOME:
            told, known = (why(one, giver, category, by=by, purpose=Purpose.INTERVENTION) for one in (first, plain))
            assert (told.missing, told.headline, told.words) == (known.missing, known.headline, known.words), category


@pytest.mark.requirement("PP-11")
def test_a_restriction_reads_like_a_withdrawal() -> None:
    with transaction.atomic():
        withdraw()
        withdrawn = ask("nadia", Category.P13)
        transaction.set_rollback(True)
    assert ask("nadia", Category.P13).is_open
    with acting("pat") as by:
        Restriction.objects.create(
            owner_id=PRISON, case_id=named("case"), membership_id=named("nadia"), ground="Private", created_by=by
        )
    assert ask("nadia", Category.P13) == withdrawn


# ---- for a colleague -------------------------------------------------------------------------------------------------


def for_colleague(name: str, category: Category) -> Decision | None:
    colleague = Membership.objects.get(pk=named(name))
    own, giver = Case.objects.get(pk=named("civil_case")), Organisation.objects.get(pk=PRISON)
    return why_for(colleague, own, giver, category, purpose=Purpose.INTERVENTION)


def test_a_coordinator_may_ask_for_a_mentor() -> None:
    with acting("cora"):
        given = for_colleague("nadia", Category.P09)
        assert given
        assert given.is_open
        untrained = for_colleague("max", Category.P09)
        assert untrained
        assert_stops(untrained, WORKER)
        assert "induction" in untrained.links[WORKER].words
        assert "clearance" in untrained.links[WORKER].words


def test_after_asking_for_a_colleague_one_is_oneself_again() -> None:
    with acting("cora") as by:
        for_colleague("nadia", Category.P09)
        assert not Case.objects.filter(pk=named("case")).exists()  # what the mentor sees, the coordinator does not
        assert Case.objects.filter(pk=named("civil_case"), owner=by.organisation_id).exists()


@pytest.mark.parametrize("who", ["nadia", "pat", "otto", "ruth"])
def test_nobody_else_may_ask_for_somebody_else(who: str) -> None:
    with acting(who):
        answer = asking.first_missing_for(named("max"), named("civil_case"), PRISON, int(Category.P09), "summary")
        assert answer is None


def test_a_coordinator_cannot_ask_for_a_stranger() -> None:
    with acting("cora"):
        assert asking.first_missing_for(named("pat"), named("civil_case"), PRISON, int(Category.P09), "summary") is None


# ---- all categories at once ------------------------------------------------------------------------------------------


def test_sight_lists_what_is_open_and_what_the_protocol_does_not_name() -> None:
    with acting("nadia") as by:
        own, giver = Case.objects.get(pk=named("civil_case")), Organisation.objects.get(pk=PRISON)
        sight = what_i_see(own, giver, by=by, purpose=Purpose.INTERVENTION)
    assert {one.category: one.form.value for one in sight.open}[Category.P09] == "summary"
    assert sight.not_currently == []
    assert Category.P05 in sight.absent
    assert sight.closed is None


@pytest.mark.requirement("PP-11")
def test_sight_moves_what_depends_on_the_person_to_not_currently() -> None:
    withdraw()
    with acting("nadia") as by:
        own, giver = Case.objects.get(pk=named("civil_case")), Organisation.objects.get(pk=PRISON)
        sight = what_i_see(own, giver, by=by, purpose=Purpose.INTERVENTION)
    assert sight.not_currently == [Category.P13]
    assert Category.P09 in {one.category for one in sight.open}


def test_sight_of_a_closed_agreement_says_why_once() -> None:
    suspend("framework")
    with acting("nadia") as by:
        own, giver = Case.objects.get(pk=named("civil_case")), Organisation.objects.get(pk=PRISON)
        sight = what_i_see(own, giver, by=by, purpose=Purpose.INTERVENTION)
    assert sight.open == []
    assert sight.closed
    assert sight.closed.missing == "framework"


def test_what_is_not_ones_own_case_gets_no_answer() -> None:
    with acting("otto"):
        assert asking.first_missing(named("civil_case"), PRISON, [(9, "summary")]) == {}
    with acting("max"):  # of the same organisation, not assigned
        assert asking.first_missing(named("civil_case"), PRISON, [(9, "summary")]) == {}
