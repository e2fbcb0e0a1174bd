"""The provider's answer: acknowledged, accepted or declined, once, and only by whom was asked."""

import pytest
from django.utils.timezone import now

from concordat.cases.models import Case, Link
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.referrals.asking import actions
from concordat.referrals.asking.codes import BOTH, reference, working_code
from concordat.referrals.asking.outside import OutsideView, outside_view
from concordat.referrals.models import Answer, Referral

from .making import database_refuses, hidden_from_writing, make_answer, make_case, make_sent

pytestmark = pytest.mark.django_db


def test_acknowledging_is_all_that_the_referrer_learns_first() -> None:
    sent = make_sent()
    with acting("pat"):
        assert outside_view(sent.pk) == OutsideView(acknowledged=False, agreed=False)
    with acting("cora") as by:
        actions.acknowledge(Referral.objects.get(pk=sent.pk), by=by)
        with pytest.raises(Refused, match="already acknowledged"):
            actions.acknowledge(Referral.objects.get(pk=sent.pk), by=by)
    with acting("pat"):
        assert outside_view(sent.pk) == OutsideView(acknowledged=True, agreed=False)
        assert not Answer.objects.exists()


def test_accepting_opens_a_case_of_ones_own_and_joins_it() -> None:
    answer = make_answer(make_sent(), accept=True)
    assert answer.case_id
    assert answer.link_id
    with acting("cora"):
        case = Case.objects.get(pk=answer.case_id)
        assert (case.owner_id, case.service_purpose, case.child_rules) == (LANTERN, "Mentoring in custody", False)
        assert case.reference.startswith("LM-")
        assert len(case.working_code) == 2
        assert set(case.working_code) <= set(BOTH)
        assert Link.objects.get(civil_case=case).authority_id == PRISON
    with acting("pat"):  # not before the person has agreed
        assert not Link.objects.filter(pk=answer.link_id).exists()


@pytest.mark.requirement("PP-16")
def test_the_rules_for_children_go_along() -> None:
    answer = make_answer(make_sent(make_case(child_rules=True)), accept=True)
    assert answer.case_id
    with acting("cora"):
        assert Case.objects.get(pk=answer.case_id).child_rules


@pytest.mark.requirement("C6.9")
def test_declining_needs_no_reason_and_leaves_no_mark_outside() -> None:
    sent = make_sent()
    with acting("pat"):
        before = list(Subject.objects.filter(case=sent.case_id).values_list("entry__what", flat=True))
    make_answer(sent, accept=False)
    with acting("pat"):
        after = list(Subject.objects.filter(case=sent.case_id).values_list("entry__what", flat=True))
        assert before == after
        assert outside_view(sent.pk) == OutsideView(acknowledged=True, agreed=False)
    with acting("ruth"):
        assert not Answer.objects.exists()  # inside too it stays with the coordinators


def test_an_answer_is_given_once() -> None:
    sent = make_sent()
    answer = make_answer(sent, accept=False, reason="No place free")
    with acting("cora") as by:
        with pytest.raises(Refused, match="already answered"):
            actions.answer(Referral.objects.get(pk=sent.pk), accept=True, by=by)
        with database_refuses("answer_is_given_once"):
            Answer.objects.filter(pk=answer.pk).update(reason="Another")


@pytest.mark.requirement("PP-5")
def test_an_authority_never_answers_for_a_provider() -> None:
    sent = make_sent()
    with acting("pat") as by:
        with pytest.raises(Refused, match="A coordinator of Lantern Mentoring"):
            actions.answer(sent, accept=True, by=by)
        with hidden_from_writing():
            Answer.objects.create(
                owner_id=LANTERN, created_by=by, referral=sent, accepted=True, answered_at=now(), answered_by=by
            )
        with database_refuses("answer_is_from_whom_was_asked"):
            Answer.objects.create(owner_id=PRISON, created_by=by, referral=sent)


@pytest.mark.parametrize("name", ["nadia", "ruth", "faye", "otto"])
def test_only_a_coordinator_of_the_organisation_asked_answers(name: str) -> None:
    sent = make_sent()
    with acting(name) as by, pytest.raises(Refused, match="A coordinator of Lantern Mentoring"):
        actions.answer(sent, accept=False, by=by)


def test_a_stranger_learns_nothing_by_answering_what_it_cannot_see() -> None:
    sent = make_sent()
    with acting("otto") as by, database_refuses("answer_is_from_whom_was_asked"):
        Answer.objects.create(owner_id=by.organisation_id, created_by=by, referral_id=sent.pk)
    with acting("otto") as by, database_refuses("answer_is_from_whom_was_asked"):
        Answer.objects.create(owner_id=by.organisation_id, created_by=by, referral_id=named("nothing"))


def test_a_yes_joins_only_the_case_that_was_referred() -> None:
    first, second = make_sent(), make_sent()
    answer = make_answer(first, accept=True)
    with acting("cora") as by, database_refuses("answer_joins_the_case_referred"):
        Answer.objects.create(
            owner_id=LANTERN,
            created_by=by,
            referral=second,
            case_id=answer.case_id,
            link_id=answer.link_id,
            accepted=True,
            answered_at=now(),
            answered_by=by,
        )


def test_codes_are_short_and_new() -> None:
    taken: set[str] = set()
    for _number in range(150):
        code = working_code(taken)
        assert code not in taken
        assert not set(code) & set("0O1IL5S8BUVZ2") - {"2"}
        taken.add(code)
    assert max(map(len, taken)) >= 3  # the short ones ran out
    assert reference("LM", [f"LM-{number}" for number in range(1000, 10000)]).count("-") == 1
