"""Who helps does not judge the help."""

from typing import Any

import pytest

from concordat.core.errors import Refused
from concordat.demo.world import FAMILIES, LANTERN, PROBATION, STRANGER, acting, named
from concordat.organisations.models import Organisation
from concordat.referrals.asking import actions
from concordat.referrals.models import EvaluationPlan, Referral

from .making import database_refuses, hidden_from_writing, make_draft, make_sent

pytestmark = pytest.mark.django_db


def plan(referral: Referral, evaluator: int, name: str, *, as_: str = "pat") -> EvaluationPlan:
    with acting(as_) as by:
        return actions.plan_evaluation(
            Referral.objects.get(pk=referral.pk), evaluator=Organisation.objects.get(pk=evaluator), evaluator_name=name,
            question="Did the weekly routine hold?", by=by,
        )  # fmt: skip


def insert(referral: Referral, evaluator: int, name: str, **changed: Any) -> None:  # noqa: ANN401 - handed on
    with acting("pat") as by:
        EvaluationPlan.objects.create(**{
            "owner_id": referral.owner_id, "case_id": referral.case_id, "created_by": by, "referral": referral,
            "delivered_by_id": LANTERN, "evaluator_id": evaluator, "evaluator_name": name, "question": "Did it hold?",
            **changed,
        })  # fmt: skip


@pytest.mark.requirement("O6.10")
def test_somebody_from_elsewhere_evaluates() -> None:
    sent = make_sent()
    assert plan(sent, STRANGER, "Otto Stray").evaluator_id == STRANGER
    with acting("pat"):
        assert EvaluationPlan.objects.get(referral=sent).delivered_by_id == LANTERN


@pytest.mark.requirement("C6.8", "O6.10", "PP-13")
@pytest.mark.parametrize(
    ("evaluator", "name"), [(LANTERN, "Somebody New"), (STRANGER, "Nadia Brandt"), (STRANGER, "ruth okar")]
)
def test_the_deliverer_does_not_evaluate(evaluator: int, name: str) -> None:
    sent = make_sent()
    with pytest.raises(Refused, match=r"Lantern Mentoring delivers this service\. Who helps does not judge"):
        plan(sent, evaluator, name)
    with database_refuses("deliverer_does_not_evaluate"):
        insert(sent, evaluator, name)


@pytest.mark.requirement("C6.8", "PP-13")
def test_the_persons_own_case_manager_does_not_evaluate() -> None:
    sent = make_sent()
    with pytest.raises(Refused, match="Pat Vell manages this case"):
        plan(sent, PROBATION, " Pat Vell")
    with database_refuses("case_manager_does_not_evaluate"):
        insert(sent, PROBATION, "Pat Vell")
    assert plan(sent, PROBATION, "Paul Ostry").evaluator_name == "Paul Ostry"


def test_who_delivers_is_not_misnamed() -> None:
    sent = make_sent()
    with database_refuses("evaluation_names_who_delivers"):
        insert(sent, LANTERN, "Somebody New", delivered_by_id=FAMILIES)


def test_only_the_programme_manager_of_the_referrer_plans_it_once_it_is_sent() -> None:
    sent, draft = make_sent(), make_draft()
    with pytest.raises(Refused, match="programme manager of the organisation that referred"):
        plan(sent, STRANGER, "Otto Stray", as_="cora")
    with pytest.raises(Refused, match="Send the referral first"):
        plan(draft, STRANGER, "Otto Stray")
    with acting("cora") as by, hidden_from_writing():
        EvaluationPlan.objects.create(
            owner_id=LANTERN, case_id=named("civil_case"), created_by=by, referral=sent, delivered_by_id=LANTERN,
            evaluator_id=STRANGER, evaluator_name="Otto Stray", question="?",
        )  # fmt: skip
    with pytest.raises(Refused, match="Name who evaluates"):
        plan(sent, STRANGER, " ")
