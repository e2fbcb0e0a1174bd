"""What the referrer's machine learns: two words, and the same bytes whatever lies behind them (PP-11)."""

import re
from collections.abc import Callable

import pytest

from concordat.cases.actions import withdraw
from concordat.cases.models import Participation
from concordat.core.testing.machines import machine_of
from concordat.demo.world import acting
from concordat.referrals.asking.actions import acknowledge
from concordat.referrals.asking.tests import making
from concordat.referrals.models import Referral

pytestmark = pytest.mark.django_db


def declined(sent: Referral) -> None:
    making.make_answer(sent, accept=False, reason="The person said no.")


def unanswered(sent: Referral) -> None:
    with acting("cora") as by:
        acknowledge(Referral.objects.get(pk=sent.pk), by=by)


def accepted_and_not_asked(sent: Referral) -> None:
    making.make_answer(sent, accept=True)


def withdrawn(sent: Referral) -> None:
    link = making.make_answer(sent, accept=True).link
    assert link
    making.assigned(link)
    paper = making.make_participation(link)
    with acting("cora") as by:
        withdraw(Participation.objects.select_related("link", "case").get(pk=paper.pk), route="said", by=by)


def without_its_own(content: bytes, sent: Referral) -> str:
    """Return an answer without the numbers by which two referrals differ anyhow."""
    text = content.decode().replace(str(sent.pk), "id").replace(sent.reference, "RF").replace(str(sent.case_id), "case")
    return re.sub(r'"sent_at": "[^"]+"', '"sent_at": ""', text)


def answer_for(behind: Callable[[Referral], None]) -> tuple[str, str, dict[str, str]]:
    sent = making.make_sent()
    behind(sent)
    machine = machine_of("pat")
    one = machine.get(f"/referrals/{sent.pk}")
    (listed,) = [line for line in machine.get("/referrals").json()["items"] if line["id"] == str(sent.pk)]
    headers = {name: value for name, value in one.headers.items() if name not in {"X-Request-Id", "Expires"}}
    return without_its_own(one.content, sent), without_its_own(str(listed).encode(), sent), headers


@pytest.mark.requirement("PP-11")
def test_declined_unanswered_not_asked_and_withdrawn_are_the_same_bytes() -> None:
    answers = [answer_for(one) for one in (declined, unanswered, accepted_and_not_asked, withdrawn)]
    first = answers[0]
    assert "Not currently" in first[0]
    for one in answers[1:]:
        assert one[0] == first[0]
        assert re.sub(r"'sent_at': '[^']+'", "", one[1]) == re.sub(r"'sent_at': '[^']+'", "", first[1])
        assert one[2] == first[2]
    assert "person said no" not in str(answers)


def test_the_referrer_finds_no_other_trace_of_a_no() -> None:
    sent = making.make_sent()
    declined(sent)
    machine = machine_of("pat")
    link = machine.get(f"/cases/{sent.case_id}/links")
    assert link.json() == []
    assert "said no" not in machine.get("/today").content.decode()
