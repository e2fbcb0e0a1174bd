from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest

from concordat.agreements.tests import ready as agreements
from concordat.cases.actions import answer_request, withdraw
from concordat.cases.models import Link, Participation, RightsRequest
from concordat.clocks.actions import set_calendar
from concordat.clocks.models import Running
from concordat.demo.world import acting, named
from concordat.referrals import timing
from concordat.referrals.asking.tests import making
from concordat.referrals.delivery import actions as delivery
from concordat.referrals.delivery.tests import ready
from concordat.referrals.models import Referral

from .ready import asked

pytestmark = pytest.mark.django_db


def steps(name: str, about: UUID, **wanted: Any) -> list[str]:  # noqa: ANN401 - fields of a clock
    with acting(name):
        return sorted(one.step for one in Running.objects.filter(about_id=about, **wanted))


def waiting(name: str, about: UUID) -> list[str]:
    return steps(name, about, ended_at=None)


@pytest.mark.requirement("CLK-12")
def test_a_referral_waits_for_the_provider_and_its_sender_learns_nothing_from_the_clock() -> None:
    sent = making.make_sent()
    assert waiting("cora", sent.pk) == ["acknowledge", "answer"]
    assert steps("pat", sent.pk) == []
    with acting("cora"):
        due = {one.step: one.due_day for one in Running.objects.filter(about_id=sent.pk)}
    assert due == {"acknowledge": sent.acknowledge_due, "answer": sent.answer_due}
    making.make_answer(sent, accept=False)
    assert waiting("cora", sent.pk) == []
    assert steps("pat", sent.pk) == []


@pytest.mark.requirement("CLK-12")
def test_to_start_it_again_tells_the_sender_nothing() -> None:
    sent = making.make_sent()
    making.make_answer(sent, accept=False)
    again = making.make_sent()
    with acting("pat") as by:
        for one in (sent, again):
            timing.begin_to_wait(Referral.objects.get(pk=one.pk), 3, 10, by=by)
    assert steps("pat", sent.pk) == steps("pat", again.pk) == []


@pytest.mark.requirement("CLK-15")
def test_an_accepted_service_waits_for_contact_and_review_and_ends_with_its_report() -> None:
    link = making.make_link()
    assert waiting("cora", link.pk) == ["contact", "review"]
    assert steps("pat", link.pk) == []
    making.assigned(link)
    with acting("nadia") as by:
        delivery.end_early(Link.objects.get(pk=link.pk), reason="person", comment="", by=by)
    assert waiting("cora", link.pk) == ["report"]
    with acting("cora") as by:
        found = Link.objects.select_related("civil_case").get(pk=link.pk)
        delivery.write_end_report(found, summary="None.", outcomes=[("not", "None.")], by=by)
    assert waiting("cora", link.pk) == []


@pytest.mark.requirement("CLK-15")
def test_a_review_starts_the_wait_for_the_next() -> None:
    ready.assigned_long_ago()
    made = ready.review()
    with acting("cora"):
        (clock,) = Running.objects.filter(about_id=named("link"), step="review", ended_at=None)
    assert clock.due_day == made.next_due


def test_the_first_session_ends_the_wait_for_contact() -> None:
    ready.assigned_long_ago()
    with acting("cora") as by:
        timing.begin_service(ready.link(), by=by)
    assert "contact" in waiting("cora", named("link"))
    ready.record(held=False, minutes=None, cause="provider")
    assert "contact" in waiting("cora", named("link"))
    ready.record(starts_at=ready.ago(hours=3))
    assert "contact" not in waiting("cora", named("link"))


@pytest.mark.requirement("CLK-23")
def test_what_a_person_agreed_to_is_to_be_renewed_and_outside_nobody_sees_that() -> None:
    link = making.make_link()
    first = making.make_participation(link)
    assert waiting("cora", first.pk) == ["renew"]
    assert steps("pat", first.pk) == []
    second = making.make_participation(link)
    assert (waiting("cora", first.pk), waiting("cora", second.pk)) == ([], ["renew"])
    with acting("cora") as by:
        clock = Running.objects.get(about_id=second.pk)
        assert clock.due_at == second.ends_at
        withdraw(Participation.objects.get(pk=second.pk), route="said", by=by)
    assert waiting("cora", second.pk) == []


@pytest.mark.requirement("CLK-25")
def test_a_request_under_rights_waits_for_its_answer() -> None:
    request = asked()
    with acting("cora") as by:
        clock = Running.objects.get(about_id=request.pk)
        assert clock.due_day == request.due_on
        answer_request(
            RightsRequest.objects.select_related("case").get(pk=request.pk), outcome="partly", answer="All of it.",
            told="On paper", complain_to="The ombudsman", by=by,
        )  # fmt: skip
    assert waiting("cora", request.pk) == []


@pytest.mark.requirement("CLK-27")
def test_an_agreement_runs_to_the_last_day_that_both_have_signed() -> None:
    proposed = agreements.proposed_framework()
    agreements.sign(proposed, "helen")
    assert waiting("helen", proposed.agreement_id) == []
    agreements.sign(proposed, "ruth")
    for name in ("helen", "ruth"):
        assert waiting(name, proposed.agreement_id) == ["expiry"]
        with acting(name):
            assert Running.objects.get(about_id=proposed.agreement_id).due_at == proposed.ends_at
    assert steps("otto", proposed.agreement_id) == []


def test_a_calendar_moves_the_day_on_which_an_answer_is_due() -> None:
    plain = making.make_sent()
    with acting("cora") as by:
        set_calendar(
            name="The coast", rest_days=[1, 2, 3, 4, 5, 6], opens=time(8), closes=time(0), time_zone="UTC", by=by
        )
    slow = making.make_sent()
    assert plain.answer_due
    assert slow.answer_due
    assert slow.answer_due > plain.answer_due + timedelta(days=40)
    assert slow.answer_due.isoweekday() == 7
