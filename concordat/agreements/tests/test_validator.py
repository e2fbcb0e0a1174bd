"""What keeps a text from being proposed: each rejection, its clause, and that a text without it passes."""

from datetime import date
from typing import Any

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from concordat.agreements import actions
from concordat.agreements.catalogue import CATALOGUE, ENTRIES
from concordat.agreements.models import Clause, Kind
from concordat.agreements.validator.words import LISTS, found
from concordat.demo.world import acting, named

from . import ready
from .judging import problems, rejected, reword

pytestmark = pytest.mark.django_db


def test_a_draft_that_lacks_nothing_is_found_good() -> None:
    with acting("helen") as by:
        frame = ready.framework(by)
        assert rejected(frame) == []
        actions.propose(frame, by=by)
        protocol = ready.protocol(by, frame.agreement)
        assert rejected(protocol) == []
        actions.propose(protocol, by=by)
        assert rejected(ready.terms(by, frame.agreement)) == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_our_own_words_pass_our_own_lists(language: str) -> None:
    with override(language):
        for entry in ENTRIES.values():
            assert not [kind for kind in LISTS if found(str(entry.wording), kind)], entry.code


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
    "L’association publie avec l’accord préalable de l’administration.",
    "Le partenaire s’abstient de critiquer l’établissement.",
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
        ready.answer(version, "MOU-4", by, citation="Everything that has no prior approval is kept back, prior consent")
        assert rejected(version) == ["MOU-4"]


@pytest.mark.parametrize(
    "wording",
    [
        "Publishing needs no prior approval.",
        "Prior consent is not required.",
        "The party does not need any prior written permission to publish.",
        "A short notice is given before publishing, as a courtesy.",
        "لا يحتاج النشر إلى موافقة مسبقة.",
        "L’association publie sans accord préalable.",
        "Une autorisation préalable n’est pas requise.",
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


@pytest.mark.requirement("C9.5")
def test_who_supervises_with_an_authority_states_liability_and_does_not_answer_for_it() -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        ready.answer(version, "MOU-2", by, objectives=["supervision"])
        assert rejected(version) == []
        version.clauses.get(code="MOU-12").delete()
        ready.answer(version, "MOU-5", by, officer=str(named("faye")))
        assert rejected(version) == ["MOU-5", "MOU-12"]


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


@pytest.mark.requirement("MOU-5", "PP-6")
@pytest.mark.parametrize(
    "wording",
    [
        "The association is fully responsible for the safety of the wing.",
        "L’association est seule responsable de la sécurité.",
        "الجمعية مسؤولة عن الأمن في المؤسسة.",
    ],
)
def test_words_do_not_make_civil_society_answer_for_public_duties(wording: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        reword(version, "MOU-5", wording, by)
        assert rejected(version) == ["MOU-5"]
        assert "answer for what the authority owes" in problems(version)


@pytest.mark.requirement("MOU-12")
@pytest.mark.parametrize(
    "wording",
    [
        "The association shall indemnify the service against all claims.",
        "L’association garantit l’administration contre toute réclamation.",
    ],
)
def test_words_that_burden_one_party_alone_are_a_warning(wording: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        reword(version, "MOU-12", wording, by)
        assert rejected(version) == []
        assert "have only civil society hold the other harmless" in problems(version)


@pytest.mark.requirement("ISP-9", "PP-3")
@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("L’association signale au service toute observation.", "report on people"),
        ("L’autorité peut suspendre l’accord jusqu’à nouvel ordre.", "suspension without an end"),
    ],
)
def test_french_words_are_found_too(wording: str, kind: str) -> None:
    with acting("helen") as by:
        version = ready.framework(by)
        reword(version, "MOU-7", wording, by)
        assert rejected(version) == ["MOU-7"]
        assert kind in problems(version)
