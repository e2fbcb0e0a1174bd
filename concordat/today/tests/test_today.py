"""Today, by post: what needs somebody, what is new, what lapses."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from concordat.agreements.models import Agreement, Kind, Version
from concordat.cases.models import Case, Participation
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import PEOPLE, PRISON, START, acting, named, propose_as_it_stands
from concordat.people.models import Clearance
from concordat.referrals.models import Goal, GoalSet, Referral
from concordat.sharing.models import SafetyBriefing

pytestmark = pytest.mark.django_db


def page(name: str) -> str:
    response = visit(name, "/")
    assert response.status_code == 200
    return str(response.content.decode())


def brief(number: int = 2) -> None:
    with acting("pat") as by:
        SafetyBriefing.objects.create(
            owner_id=PRISON, case_id=named("case"), created_by=by, number=number, how_to_meet="Room 4",
            nothing_to_add=True, what_changed="Another room", closed_check_by="security_manager",
            closed_check_on=now().date(),
        )  # fmt: skip


def refer(reference: str, *, due_in: int = 3) -> None:
    first = Referral.objects.get(pk=named("referral"))
    names = [field.attname for field in Referral._meta.concrete_fields if field.name not in {"id", "reference"}]
    values = {name: getattr(first, name) for name in names} | {"sent_at": None, "sent_by_id": None}
    values |= {"acknowledge_due": localdate() + timedelta(days=due_in), "answer_due": localdate() + timedelta(days=9)}
    made = Referral.objects.create(**values, reference=reference)
    made.sent_at, made.sent_by_id = now(), named("pat")
    made.save(update_fields=["sent_at", "sent_by"])


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_has_a_first_page(who: str) -> None:
    assert "Today" in page(who)


def test_the_mentor_reads_a_changed_briefing_first() -> None:
    assert "Safety briefing of" not in page("nadia")
    brief()
    shown = page("nadia")
    assert "Safety briefing of" in shown
    assert "Another room" in shown
    assert "Person 7Q" in shown


def test_a_briefing_of_nobody_elses_case_is_not_on_a_colleagues_page() -> None:
    brief()
    assert "Person 7Q" not in page("max")


def test_the_coordinator_acknowledges_within_the_clock() -> None:
    with acting("pat"):
        refer("RF-77")
    shown = page("cora")
    assert "RF-77" in shown
    assert "Acknowledge referral" in shown
    assert "Sandoval" not in shown


def test_the_programme_manager_sees_a_referral_that_nobody_acknowledged() -> None:
    with acting("pat"):
        refer("RF-78", due_in=-1)
    assert "is not acknowledged" in page("pat")


@pytest.mark.requirement("PP-11")
def test_a_referral_that_led_to_nothing_chases_nobody() -> None:
    """Acknowledged and declined, not answered, or accepted without the person: nothing to do, and no trace of which."""
    with acting("cora"):
        mine = Participation.objects.filter(pk=named("participation"))
        assert mine.update(withdrawn_at=now(), withdrawn_by_route="said") == 1
    shown = page("pat")
    for words in ("RF-1001", "declined", "withdr"):
        assert words not in shown


def test_goals_wait_for_the_other_sides_signature() -> None:
    with acting("nadia") as by:
        goals = GoalSet.objects.create(
            owner_id=by.organisation_id, case_id=named("civil_case"), created_by=by, link_id=named("link"), number=2,
            why_changed="A new goal",
        )  # fmt: skip
        Goal.objects.create(
            goal_set=goals,
            text="Write letters",
            target="ties",
            measure="Two letters",
            threshold="Sent",
            measured_by="Nadia",
        )
    assert "version 2" in page("pat")
    assert "version 2" in page("cora")


def test_the_signatory_finds_what_to_sign() -> None:
    with acting("helen") as by:
        agreement = Agreement.objects.create(
            kind=Kind.TERMS, reference="TERMS-2", title="Mentoring at Kestrel Bay", party_a_id=PRISON,
            party_b_id=by.organisation_id + 2, framework_id=named("framework"), activity="custody", created_by=by,
        )  # fmt: skip
        version = Version.objects.create(
            agreement=agreement, number=1, first_day=localdate(), last_day=localdate() + timedelta(days=300),
            starts_at=START, ends_at=now() + timedelta(days=300), drafted_by=by, drafted_for_id=PRISON,
        )  # fmt: skip
        propose_as_it_stands(version, by)
    assert "Mentoring at Kestrel Bay" in page("ruth")
    assert "Mentoring at Kestrel Bay" not in page("nadia")


def test_what_lapses_says_what_happens_then() -> None:
    with acting("sef") as by:
        Clearance.objects.create(
            membership_id=named("nadia"), authority_id=by.organisation_id, level="basic", valid_from=START,
            valid_until=now() + timedelta(days=20),
        )  # fmt: skip
    for who in ("nadia", "cora"):
        shown = page(who)
        assert "Clearance of Nadia Brandt" in shown
        assert "nothing that asks for it opens" in shown


@pytest.mark.requirement("PP-3")
def test_the_data_protection_officer_learns_who_read_records() -> None:
    visit("nadia", f"/cases/{named('civil_case')}/records/")
    shown = page("dora")
    assert "Read records of 1 case" in shown
    assert "Lantern Mentoring" in shown
    assert "Nadia" not in shown


@pytest.mark.requirement("PP-22")
def test_the_administrator_has_nothing_of_a_case_on_the_first_page() -> None:
    brief()
    shown = page("adam")
    for words in ("Person 7Q", "RF-1", "LM-0147", "A-1001"):
        assert words not in shown


def test_cards_stand_in_the_order_of_their_dates() -> None:
    with acting("pat"):
        refer("RF-81", due_in=5)
        refer("RF-82", due_in=2)
    shown = page("cora")
    assert shown.index("RF-82") < shown.index("RF-81")


def test_more_referrals_cost_no_more_queries() -> None:
    browser = browser_of("cora")

    def queries() -> int:
        with CaptureQueriesContext(connections["default"]) as seen:
            browser.get("/")
        return len(seen)

    with acting("pat"):
        refer("RF-90")
    browser.get("/")
    one = queries()
    with acting("pat"):
        refer("RF-91")
        refer("RF-92")
    assert queries() == one


def test_nothing_is_said_of_a_case_that_is_closed_to_the_reader() -> None:
    with acting("pat"):
        assert Case.objects.filter(pk=named("case")).exists()
    for who in ("otto", "paul", "faye"):
        assert "Person 7Q" not in page(who)
