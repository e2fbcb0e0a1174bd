"""What keeps a text from being proposed: each rejection, its clause, and that a text without it passes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.timezone import localdate

from concordat.agreements import actions, validator
from concordat.agreements.catalogue import CATALOGUE, ENTRIES
from concordat.agreements.models import Clause, Kind, SharingRule, Version
from concordat.agreements.validator.words import found
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.demo.world import FAMILIES, LANTERN, PRISON, acting, named
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import ready

pytestmark = pytest.mark.django_db


def rejected(version: Version) -> list[str]:
    """Return the clauses at which a version is rejected."""
    return [one.clause for one in validator.rejections(version)]


def problems(version: Version) -> str:
    return " ".join(one.problem for one in validator.check(version))


def reword(version: Version, code: str, wording: str, by: Membership) -> None:
    clause = version.clauses.get(code=code)
    actions.set_clause(version, code=code, wording=wording, parameters=clause.parameters, by=by)


def test_a_draft_that_lacks_nothing_is_found_good() -> None:
    with acting("helen") as by:
        frame = ready.framework(by)
        assert rejected(frame) == []
        actions.propose(frame, by=by)
        protocol = ready.protocol(by, frame.agreement)
        assert rejected(protocol) == []
        actions.propose(protocol, by=by)
        assert rejected(ready.terms(by, frame.agreement)) == []


def test_our_own_words_pass_our_own_lists() -> None:
    for entry in ENTRIES.values():
        assert not any(found(str(entry.wording), kind) for kind in ("gag", "reporting", "endless")), entry.code


# ---- mandatory clauses and answers ---------------------------------------------------------------------------------


@pytest.mark.requirement("MOU-3", "MOU-4")
@pytest.mark.parametrize("code", ["MOU-1", "MOU-3", "MOU-4", "MOU-22", "MOU-23", "MOU-25", "MOU-27"])
def test_a_mandatory_clause_cannot_be_left_out(code: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        Clause.objects.filter(version=version, code=code).delete()
        assert code in rejected(version)


@pytest.mark.requirement("MOU-10")
def test_protection_is_mandatory_where_people_meet_persons_and_only_there() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        version.clauses.get(code="MOU-10").delete()
        assert "MOU-10" in rejected(version)
        ready.answer(version, "MOU-2", by, objectives=["policy", "staff"])
        assert "MOU-10" not in rejected(version)


@pytest.mark.parametrize("kind", [Kind.FRAMEWORK, Kind.PROTOCOL, Kind.TERMS])
def test_a_clause_without_words_is_missing(kind: Kind) -> None:
    with acting("helen") as by:
        frame = ready.framework(by)
        version = {
            Kind.FRAMEWORK: lambda: frame,
            Kind.PROTOCOL: lambda: ready.protocol(by, frame.agreement),
            Kind.TERMS: lambda: ready.terms(by, frame.agreement),
        }[kind]()
        code = CATALOGUE[kind][0].code
        reword(version, code, "  ", by)
        assert code in rejected(version)


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("MOU-2", {"objectives": []}),
        ("MOU-2", {"not_for": ["duties"]}),
        ("MOU-3", {"accepted": False}),
        ("MOU-4", {"citation": " "}),
        ("MOU-6", {"courtesy_hours": 241}),
        ("MOU-10", {"duty_contact": ""}),
        ("MOU-16", {"answer_days": "soon"}),
        ("MOU-24", {"review_months": 13}),
    ],
)
def test_an_answer_lies_within_its_limits(code: str, answers: dict[str, Any]) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, code, by, **answers)
        assert rejected(version) == [code]


# ---- gags ----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("MOU-6", "PP-7")
def test_publishing_cannot_wait_for_a_yes() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-6", by, publication="approval")
        assert rejected(version) == ["MOU-6"]


@pytest.mark.requirement("MOU-14", "PP-7")
def test_nobody_is_made_to_speak_with_anothers_voice() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-14", by, voices="joint")
        assert rejected(version) == ["MOU-14"]


GAGS = [
    "The association shall not publish its findings without the prior written consent of the service.",
    "Reports are sent for approval by the ministry before any publication.",
    "The partner refrains from criticising the prison in public.",
    "Neither party disparages the other.",
    "Statements to the press must be cleared in advance.",
    "The parties speak with one voice.",
    "لا يجوز للجمعية نشر أي تقرير دون موافقةٍ خطية مسبقة من الإدارة.",
    "يلتزم الشريك بعدم الإساءة إلى سمعة المؤسسة.",
    "تمتنع الجمعية عن التصريح للصحافة.",
]


@pytest.mark.requirement("MOU-6", "PP-7")
@pytest.mark.parametrize("wording", GAGS)
@pytest.mark.parametrize("code", ["MOU-6", "MOU-26"])
def test_a_gag_is_found_in_the_words_of_any_clause(code: str, wording: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        reword(version, code, wording, by)
        assert rejected(version) == [code]
        assert found(wording, "gag") in problems(version)


def test_a_gag_is_found_among_the_answers_too() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(
            version, "MOU-26", by, kept_back="Everything that has no prior approval is kept back, prior consent"
        )
        assert rejected(version) == ["MOU-26"]


@pytest.mark.parametrize(
    "wording",
    [
        "Publishing needs no prior approval.",
        "Prior consent is not required.",
        "The party does not need any prior written permission to publish.",
        "A short notice is given before publishing, as a courtesy.",
        "لا يحتاج النشر إلى موافقة مسبقة.",
    ],
)
def test_what_frees_speech_is_no_gag(wording: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        reword(version, "MOU-6", wording, by)
        assert rejected(version) == []


# ---- who answers, who reports --------------------------------------------------------------------------------------


@pytest.mark.requirement("MOU-5", "PP-6")
@pytest.mark.parametrize(("officer", "good"), [("helen", True), ("faye", False), ("otto", False), ("paul", False)])
def test_only_an_officer_of_the_authority_is_accountable(officer: str, good: bool) -> None:  # noqa: FBT001
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-5", by, officer=str(named(officer)))
        assert ("MOU-5" not in rejected(version)) is good


@pytest.mark.parametrize("nobody", ["", "nobody", "0" * 36, None])
def test_somebody_has_to_be_accountable(nobody: str | None) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-5", by, officer=nobody)
        assert rejected(version) == ["MOU-5"]


@pytest.mark.requirement("ISP-9", "PP-3")
@pytest.mark.parametrize(
    "wording",
    [
        "Mentors report any suspicions to the security department.",
        "The partner shall inform the prison of all observations.",
        "Workers notify the service of signs of radicalisation.",
        "The worker observes participants on behalf of the authority.",
        "تلتزم الجمعية بإبلاغ الإدارة عن كل شبهة.",
    ],
)
def test_civil_society_does_not_report_beyond_the_thresholds_in_words(wording: str) -> None:
    with acting("helen") as by:
        protocol = ready.protocol(by, ready.agreed("framework"))
        reword(protocol, "ISP-9", wording, by)
        assert rejected(protocol) == ["ISP-9"]


# ---- how long ------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("MOU-25")
@pytest.mark.parametrize("most", [None, 0, 15, 365, "14", True])
def test_a_suspension_has_an_end(most: object) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-25", by, max_days=most)
        assert rejected(version) == ["MOU-25"]
        frame = actions.propose(ready.framework(by), by=by).agreement
        terms = ready.terms(by, frame)
        ready.answer(terms, "TRM-12", by, max_days=most)
        assert "TRM-12" in rejected(terms)


@pytest.mark.requirement("MOU-25")
@pytest.mark.parametrize(
    "wording",
    ["Either party may suspend the agreement until further notice.", "يجوز تعليق الاتفاق حتى إشعار آخر."],
)
def test_a_suspension_has_an_end_in_words_too(wording: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        reword(version, "MOU-25", wording, by)
        assert rejected(version) == ["MOU-25"]


@pytest.mark.requirement("MOU-24")
@pytest.mark.parametrize(("years", "good"), [(0, False), (1, True), (3, True), (4, False), (99, False)])
def test_it_is_not_renewed_for_ever(years: int, good: bool) -> None:  # noqa: FBT001
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-24", by, renews=True, renewal_years=years)
        assert ("MOU-24" not in rejected(version)) is good


@pytest.mark.requirement("MOU-24")
@pytest.mark.parametrize(("last", "good"), [(5, True), (6, False)])
def test_it_is_not_in_force_for_more_than_five_years(last: int, good: bool) -> None:  # noqa: FBT001
    with acting("helen") as by:
        version = ready.framework(by)
        today = localdate()
        actions.set_days(version, first_day=today, last_day=date(today.year + last, 1, 1), by=by)
        assert ("MOU-24" not in rejected(version)) is good


@pytest.mark.requirement("MOU-12")
@pytest.mark.parametrize(("indemnity", "warned"), [("none", False), ("mutual", False), ("a", True), ("b", True)])
def test_a_one_sided_indemnity_is_warned_of(indemnity: str, warned: bool) -> None:  # noqa: FBT001
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-12", by, indemnity=indemnity)
        assert rejected(version) == []
        assert ("Only one party holds the other harmless" in problems(version)) is warned


# ---- the table of rules --------------------------------------------------------------------------------------------


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


# ---- activity terms ------------------------------------------------------------------------------------------------


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
