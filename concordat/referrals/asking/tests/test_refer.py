"""A referral: written, checked, sent; unseen before, unchanged after."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from concordat.cases.models import Case, Placement
from concordat.core.errors import Refused
from concordat.demo.world import PRISON, acting, named
from concordat.ledger.models import Subject
from concordat.referrals.asking import actions
from concordat.referrals.models import Referral, Service

from .making import (
    database_refuses,
    end_terms,
    hidden_from_writing,
    lapse_terms,
    make_case,
    make_draft,
    make_sent,
    suspend_terms,
    written,
)

pytestmark = pytest.mark.django_db


def test_a_draft_is_invisible_to_the_provider_and_a_sent_one_is_not() -> None:
    draft = make_draft()
    with acting("cora"):
        assert not Referral.objects.filter(pk=draft.pk).exists()
    with acting("pat") as by:
        actions.send(draft, checked_by="Pat Vell", checked_on=localdate(), by=by)
    with acting("cora"):
        assert Referral.objects.get(pk=draft.pk).text == "Wants to talk to somebody from outside."
        assert not Case.objects.filter(pk=draft.case_id).exists()
    for name in ("nadia", "otto", "paul", "faye"):
        with acting(name):
            assert not Referral.objects.filter(pk=draft.pk).exists()


def test_sending_stores_when_it_is_acknowledged_and_answered() -> None:
    sent = make_sent()
    working_days = [day for n in range(1, 15) if (day := localdate() + timedelta(days=n)).weekday() < 5]
    assert (sent.acknowledge_due, sent.answer_due) == (working_days[2], working_days[9])
    with acting("pat"):
        assert {"referral.drafted", "referral.sent"} <= {
            one.entry.what for one in Subject.objects.filter(case=sent.case_id).select_related("entry")
        }


def test_a_mentor_may_not_refer_and_a_programme_manager_not_for_another() -> None:
    with acting("pat"):
        case = Case.objects.get(pk=named("case"))
        service = Service.objects.get(pk=named("service"))
    with acting("cora") as by, pytest.raises(Refused, match="programme manager or case officer"):
        actions.draft(case, service=service, by=by, **written())
    with acting("cora") as by, hidden_from_writing():
        Referral.objects.create(
            owner_id=PRISON,
            case_id=case.pk,
            created_by=by,
            reference="RF-2",
            service=service,
            to_id=service.organisation_id,
            terms_id=named("terms"),
            place_id=named("aldermoor"),
            **written(),
        )


@pytest.mark.requirement("C6.14")
@pytest.mark.parametrize(("over", "sentence"), [
    (lapse_terms, "“Mentoring at Aldermoor Prison” lapsed on"),
    (end_terms, "were ended on"),
    (suspend_terms, "are suspended until"),
])  # fmt: skip
def test_a_referral_under_terms_that_are_over_is_rejected(over: object, sentence: str) -> None:
    draft = make_draft()
    over()  # type: ignore[operator]
    with acting("pat") as by:
        with pytest.raises(Refused, match=sentence) as refused:
            actions.send(draft, checked_by="Pat Vell", checked_on=localdate(), by=by)
        assert "Helen Marsh (Prison Service)" in str(refused.value)
        assert "Ruth Okar (Lantern Mentoring)" in str(refused.value)
        with database_refuses("referral_terms_are_in_force"):
            Referral.objects.filter(pk=draft.pk).update(
                sent_at=now(), sent_by=by, checked_by="Pat Vell", checked_on=localdate()
            )
        with pytest.raises(Refused, match=sentence):
            actions.draft(draft.case, service=draft.service, by=by, **written())


def test_a_service_is_not_offered_where_the_person_is() -> None:
    case = make_case(place="kestrel")
    with acting("pat") as by:
        service = Service.objects.get(pk=named("service"))
        with pytest.raises(Refused, match="not offered at Kestrel Bay Prison"):
            actions.draft(case, service=service, by=by, **written())


def test_a_person_who_was_moved_is_referred_from_where_they_are() -> None:
    draft = make_draft()
    with acting("pat") as by:
        Placement.objects.filter(case=draft.case_id).update(ends_at=now())
        Placement.objects.create(
            owner_id=PRISON, case_id=draft.case_id, created_by=by, place_id=named("kestrel"), starts_at=now()
        )
        with pytest.raises(Refused, match="not offered at Kestrel Bay"):
            actions.send(draft, checked_by="Pat Vell", checked_on=localdate(), by=by)
        with database_refuses("referral_names_where_the_person_is"):
            Referral.objects.filter(pk=draft.pk).update(
                sent_at=now(), sent_by=by, checked_by="Pat Vell", checked_on=localdate()
            )


@pytest.mark.parametrize(("checked_by", "checked_on", "sentence"), [
    ("", localdate(), "Name who checked the text"),
    ("  ", localdate(), "Name who checked the text"),
    ("Pat Vell", None, "the day on which the text was checked"),
    ("Pat Vell", date(2999, 1, 1), "cannot lie in the future"),
])  # fmt: skip
def test_nothing_is_sent_unchecked(checked_by: str, checked_on: date | None, sentence: str) -> None:
    draft = make_draft()
    with acting("pat") as by:
        with pytest.raises(Refused, match=sentence):
            actions.send(draft, checked_by=checked_by, checked_on=checked_on, by=by)
        with database_refuses("referral_is_checked_before_it_is_sent"):
            Referral.objects.filter(pk=draft.pk).update(sent_at=now(), sent_by=by)


@pytest.mark.parametrize(("changed", "sentence", "constraint"), [
    ({"text": ""}, "what the provider will read", "referral_has_a_text_when_sent"),
    ({"desired_outcomes": []}, "one to five outcomes", "referral_asks_for_one_to_five_outcomes"),
    ({"desired_outcomes": list("abcdef")}, "one to five outcomes", "referral_asks_for_one_to_five_outcomes"),
    ({"need": "faith"}, "does not help with that need", "referral_is_to_a_service_offered"),
])  # fmt: skip
def test_an_incomplete_referral_is_not_sent(changed: dict[str, Any], sentence: str, constraint: str) -> None:
    draft = make_draft(**changed)
    with acting("pat") as by:
        with pytest.raises(Refused, match=sentence):
            actions.send(draft, checked_by="Pat Vell", checked_on=localdate(), by=by)
        with database_refuses(constraint):
            Referral.objects.filter(pk=draft.pk).update(
                sent_at=now(), sent_by=by, checked_by="Pat Vell", checked_on=localdate()
            )


def test_a_sent_referral_stands_as_it_was_checked() -> None:
    sent = make_sent()
    with acting("pat") as by:
        with pytest.raises(Refused, match="stands as it was checked"):
            actions.redraft(sent, by=by, **written(text="Something else"))
        with pytest.raises(Refused, match="stands as it was checked"):
            actions.discard(sent, by=by)
        with database_refuses("referral_stands_as_sent"):
            Referral.objects.filter(pk=sent.pk).update(text="Something else")
        assert Referral.objects.filter(pk=sent.pk).delete()[0] == 0


def test_a_draft_is_changed_and_thrown_away() -> None:
    draft = make_draft()
    with acting("pat") as by:
        actions.redraft(draft, by=by, **written(text="Better words"))
        assert Referral.objects.get(pk=draft.pk).text == "Better words"
        actions.discard(draft, by=by)
        assert not Referral.objects.filter(pk=draft.pk).exists()


@pytest.mark.requirement("PP-16")
def test_the_rules_for_children_come_from_the_case_not_from_who_writes() -> None:
    draft = make_draft(make_case(child_rules=True))
    with acting("pat"):
        Referral.objects.filter(pk=draft.pk).update(child_rules=False)
        assert Referral.objects.get(pk=draft.pk).child_rules
