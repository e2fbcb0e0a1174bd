"""The first page of a case, from both sides, before and after its agreement closes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from concordat.agreements.models import Ending, Suspension
from concordat.cases.models import Participation
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.sharing.models import SafetyBriefing, SafetyNotice

pytestmark = pytest.mark.django_db

MENTORS, OFFICERS = named("civil_case"), named("case")
# What the prison recorded about the person: none of it may be on any page after the close.
OF_THE_PRISON = (
    "Needs, summary",
    "Escort to room 4",
    "Reads well",
    "Called Iri",
    "Aldermoor",
    "Pat Vell",
    "555 0142",
    "A-1001",
)


def page(name: str, part: str = "") -> str:
    response = visit(name, f"/cases/{OFFICERS if name == 'pat' else MENTORS}/{part}")
    assert response.status_code == 200, response
    return str(response.content.decode())


def suspend(agreement: str = "framework") -> None:
    with acting("helen", level=2) as by:
        Suspension.objects.create(
            agreement_id=named(agreement), organisation_id=PRISON, ground="safety", explanation="Trouble",
            created_by=by, ends_at=now() + timedelta(days=7),
        )  # fmt: skip


def withdraw() -> None:
    with acting("cora"):
        mine = Participation.objects.filter(pk=named("participation"))
        assert mine.update(withdrawn_at=now(), withdrawn_by_route="said") == 1


# ---- while the agreements are in force -----------------------------------------------------------------------------


def test_the_mentor_sees_who_is_who_goals_and_what_the_protocol_gives() -> None:
    shown = page("nadia")
    for words in (
        "Person 7Q",
        "Nadia Brandt (you)",
        "Cora Lind",
        "Pat Vell",
        "555 0142",
        "Keep a weekly routine",
        "Under way",
    ):
        assert words in shown
    assert "at Aldermoor Prison" in shown
    assert "Clause ISP-4: the areas to work on, no assessment" in shown


def test_the_title_names_the_reference_and_never_the_person() -> None:
    shown = page("nadia", "records/")
    title = shown[shown.index("<title>") : shown.index("</title>")]
    assert "LM-0147" in title
    assert "Iri" not in title
    assert "Called Iri" in shown


def test_a_changed_briefing_has_to_be_read_first() -> None:
    assert "Read first" not in page("nadia")
    with acting("pat") as by:
        SafetyBriefing.objects.create(
            owner_id=PRISON, case_id=OFFICERS, created_by=by, number=2, how_to_meet="Room 4", nothing_to_add=True,
            what_changed="Another room", closed_check_by="security_manager", closed_check_on=now().date(),
        )  # fmt: skip
    shown = page("nadia")
    assert "Read first" in shown
    assert "at version 2" in shown


def test_the_officer_sees_the_referral_from_outside() -> None:
    shown = page("pat")
    assert "RF-1001" in shown
    assert "Agreed" in shown
    assert "Session held" in shown


@pytest.mark.requirement("PP-11")
def test_after_a_withdrawal_the_officer_sees_not_currently_and_no_trace_of_a_service() -> None:
    before = page("pat")
    assert "Nadia Brandt" in before
    withdraw()
    after = page("pat")
    assert "Not currently" in after
    for words in ("Session held", "Keep a weekly routine", "Nadia Brandt", "withdr", "Agreed</strong>"):
        assert words not in after


def test_the_provider_sees_its_own_record_of_the_withdrawal() -> None:
    withdraw()
    assert "The person withdrew the agreement" in page("nadia")


# ---- after the close -----------------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-3")
@pytest.mark.parametrize("part", ["", "plan/", "sessions/", "records/"])
def test_a_suspension_leaves_nothing_of_the_authority_on_the_mentors_pages(part: str) -> None:
    suspend()
    shown = page("nadia", part)
    for words in OF_THE_PRISON:
        assert words not in shown


@pytest.mark.parametrize("agreement", ["framework", "terms"])
def test_the_closed_page_says_which_agreement_since_when_and_who_can_open_it(agreement: str) -> None:
    suspend(agreement)
    shown = page("nadia")
    title = {"framework": "Framework agreement on mentoring", "terms": "activity terms are suspended"}[agreement]
    assert title in shown
    assert "Danger to a person" in shown
    assert "Helen Marsh, Prison Service" in shown
    assert "lapses by itself" in shown


def test_an_end_names_both_signatories() -> None:
    with acting("ruth", level=2) as by:
        Ending.objects.create(agreement_id=named("framework"), organisation_id=LANTERN, reason="Moved", created_by=by)
    shown = page("nadia")
    assert "was ended on" in shown
    assert "Helen Marsh, Prison Service; Ruth Okar, Lantern Mentoring" in shown


def test_what_the_mentors_own_organisation_recorded_stays() -> None:
    suspend()
    shown = page("nadia")
    assert "Keep a weekly routine" in shown
    assert "Referral accepted" in shown


def test_the_owed_report_can_still_be_written() -> None:
    suspend()
    assert f"/delivery/{named('link')}/end-report/" in page("nadia")


def test_a_safety_notice_still_arrives() -> None:
    suspend()
    with acting("pat") as by:
        notice = SafetyNotice.objects.create(
            id=uuid4(), owner_id=PRISON, case_id=OFFICERS, created_by=by, to_id=LANTERN, text="Do not meet this week."
        )
    shown = page("nadia")
    assert "sent a safety notice" in shown
    assert f"/safety/notices/{notice.pk}/" in shown


def test_when_the_suspension_is_lifted_everything_is_back() -> None:
    suspend()
    assert "Needs, summary" not in page("nadia", "records/")
    with acting("helen", level=2) as by:
        assert Suspension.objects.filter(agreement=named("framework")).update(lifted_at=now(), lifted_by=by) == 1
    assert "Needs, summary" in page("nadia", "records/")


def test_the_partners_case_leads_to_ones_own() -> None:
    response = visit("nadia", f"/cases/{OFFICERS}/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/cases/{MENTORS}/"
