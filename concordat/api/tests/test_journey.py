"""The main job through tokens of two organisations: from a referral to the end report, and what a suspension closes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from concordat.cases.models import Case
from concordat.core.testing.machines import Machine, machine_of
from concordat.core.testing.visiting import visit
from concordat.demo.world import acting, named
from concordat.referrals.asking.actions import sign_goals
from concordat.referrals.asking.rules.goals import check_number
from concordat.referrals.asking.tests import making
from concordat.referrals.models import GoalSet
from concordat.sharing.actions import write_briefing

pytestmark = pytest.mark.django_db


def done(answer: Any) -> str:  # noqa: ANN401 - the test client's response
    """Return where the result of a write is, after it was done."""
    assert answer.status_code == 201, answer.content.decode()
    assert answer.headers["Location"] == answer.json()["location"]
    return str(answer.json()["location"]).removeprefix("/api/v1")


@pytest.fixture
def pat() -> Machine:
    return machine_of("pat")


@pytest.fixture
def cora() -> Machine:
    return machine_of("cora")


@pytest.fixture
def nadia() -> Machine:
    return machine_of("nadia")


def referred(pat: Machine) -> str:
    """Draft and send a referral; return its address."""
    case = making.make_case()
    said = {
        "service": str(named("service")), "need": "mentoring", "text": "Wants to talk to somebody from outside.",
        "desired_outcomes": ["A weekly routine", "A course"],
    }  # fmt: skip
    at = done(pat.post(f"/cases/{case.pk}/referrals", said))
    assert pat.get(at).json()["state"] == "Draft"
    done(pat.post(f"{at}/sending", {"checked_by": "Pat Vell", "checked_on": localdate().isoformat()}))
    return at


def accepted(at: str, cora: Machine) -> str:
    """Acknowledge and accept; return the address of the link."""
    assert at.endswith(cora.get("/referrals").json()["items"][0]["id"])
    done(cora.post(f"{at}/acknowledgement"))
    done(cora.post(f"{at}/answer", {"accept": True, "reason": "A place is free."}))
    return f"/links/{cora.get(at).json()['answer']['link']}"


def prepared(link: str, pat: Machine, cora: Machine, nadia: Machine, *, at: str) -> None:
    """Record what must be so before the first session; the parties sign the goals on the pages."""
    who = {one["name"]: one for one in cora.get(f"{link}/workers").json()}
    assert who["Max Ferro"]["refusal"]
    done(cora.post(f"{link}/workers", {"worker": who["Nadia Brandt"]["id"]}))
    done(cora.post(f"{link}/participation", paper()))
    done(nadia.post(f"{link}/goals", {"goals": [goal()]}))
    (goals,) = nadia.get(f"{link}/goals").json()["items"]
    done(nadia.post(f"/goals/{goals['id']}/person", {"signed": True, "signed_on": localdate().isoformat()}))
    assert nadia.post(f"/goals/{goals['id']}/signature").status_code == 403
    for name in ("nadia", "pat"):
        with acting(name) as by:
            shown = GoalSet.objects.get(pk=goals["id"])
            sign_goals(shown, seen=check_number(shown), by=by)
    written(pat.get(at).json()["case"])
    own = nadia.get(link).json()["case"]
    (sheet,) = nadia.get(f"/cases/{own}/briefings").json()
    assert (sheet["lines"][0]["text"], sheet["confirmed"]) == ("Room 4, escort to the door.", False)
    assert nadia.post(f"/briefings/{sheet['id']}/acknowledgement").status_code == 403
    read(sheet["id"])
    assert nadia.get(f"/briefings/{sheet['id']}").json()["confirmed"]


def read(briefing: str) -> None:
    """Open the briefing on its page, and confirm it there: that a program fetched it does not count as reading."""
    assert visit("nadia", f"/safety/briefings/{briefing}/acknowledge/", {}).status_code == 422
    assert visit("nadia", f"/safety/briefings/{briefing}/").status_code == 200
    assert visit("nadia", f"/safety/briefings/{briefing}/acknowledge/", {}).status_code == 302


def paper() -> dict[str, Any]:
    return {
        "informer": "provider", "informed_by": "Cora Lind", "informed_at": (now() - timedelta(days=2)).isoformat(),
        "teach_back": True, "agreed_at": (now() - timedelta(minutes=2)).isoformat(), "headings": ["routine"],
        "signed": "signature", "copy_given": "On paper", "contest_route": "Slip to the ombudsman",
        "renew_by": (localdate() + timedelta(days=100)).isoformat(),
    }  # fmt: skip


def goal() -> dict[str, str]:
    return {
        "text": "Keep a weekly routine", "target": "behaviour", "measure": "Three of four activities",
        "threshold": "Four weeks in a row", "measured_by": "The person",
    }  # fmt: skip


def written(case: str) -> None:
    """Have the prison write the briefing, on its pages."""
    with acting("pat") as by:
        write_briefing(
            Case.objects.get(pk=case), how_to_meet="Room 4, escort to the door.", nothing_to_add=True,
            closed_check_by="security_manager", closed_check_on=localdate(), by=by,
        )  # fmt: skip


def test_from_the_referral_to_the_end_report(pat: Machine, cora: Machine, nadia: Machine) -> None:
    at = referred(pat)
    assert pat.get(at).json()["outside"] == {"acknowledged": False, "agreed": False}
    link = accepted(at, cora)
    assert pat.get(at).json()["outside"] == {"acknowledged": True, "agreed": False}
    prepared(link, pat, cora, nadia, at=at)
    assert pat.get(at).json()["outside"] == {"acknowledged": True, "agreed": True}
    began = {"starts_at": now().isoformat(), "held": False, "cause": "prison"}
    session = done(nadia.post(f"{link}/sessions", began))
    assert nadia.get(session).json()["cause"] == "prison"
    assert [one["held"] for one in nadia.get(f"{link}/sessions").json()["items"]] == [False]
    review = done(nadia.post(f"{link}/reviews", {
        "held_on": localdate().isoformat(), "notes": [{"heading": "routine", "text": "Three weeks of four."}],
    }))  # fmt: skip
    assert nadia.get(review).json()["notes"] == [{"heading": "routine", "text": "Three weeks of four."}]
    few = nadia.post(f"{link}/end-report", {"summary": "Twelve meetings.", "outcomes": []})
    assert few.status_code == 422
    assert few.json()["detail"] == "Say of each desired outcome how far it was achieved, and in words."
    outcomes = [{"achieved": "partly", "comment": "Most weeks."}, {"achieved": "not_known", "comment": "Moved."}]
    report = done(nadia.post(f"{link}/end-report", {"summary": "Twelve meetings.", "outcomes": outcomes}))
    assert [one["outcome"] for one in cora.get(report).json()["outcomes"]] == ["A weekly routine", "A course"]
    assert pat.get(report).json()["summary"] == "Twelve meetings."


def test_a_suspension_closes_the_mentors_interface_the_same_second(nadia: Machine, pat: Machine) -> None:
    own = f"/cases/{named('civil_case')}"
    owners = {one["owner"] for one in nadia.get(f"{own}/records").json()}
    assert owners == {"Prison Service", "Lantern Mentoring"}
    assert nadia.get(f"{own}/briefings").status_code == 200
    making.suspend_terms()
    assert {one["owner"] for one in nadia.get(f"{own}/records").json()} == {"Lantern Mentoring"}
    assert [one["owner"] for one in nadia.get("/cases").json()["items"]] == ["Lantern Mentoring"]
    closed = nadia.get(f"{own}/briefings")
    assert closed.status_code == 404
    assert closed.content == nadia.get(f"/briefings/{named('nothing')}").content
    case = making.make_case()
    said = {"service": str(named("service")), "need": "mentoring", "text": "x", "desired_outcomes": ["x"]}
    refused = pat.post(f"/cases/{case.pk}/referrals", said)
    assert refused.status_code == 422
    assert "suspended" in refused.json()["detail"]
