"""The main job, from a caseload file and an agreement to a service delivered, and closed the second it is suspended.

Six people of two organisations, each with a browser of their own: an import officer, a signatory and a programme
manager of the prison service; the director, the coordinator and a mentor of Threshold Families.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils.timezone import localtime

from concordat.core.codes import Category
from concordat.demo.tests.journeys.ground import MISSING, Ground, follow_up, had_met_before, reference_of
from concordat.demo.tests.journeys.seat import Seat, days_ago
from concordat.demo.world import PRISON, named

Take = Callable[[str], Seat]

CASELOAD = """Caseload, printed by another system;;;;;;;;
;;;;;;;;
Prison no.;Surname;First names;Born;Nationality;Establishment;Service wanted;Languages;Sex
PN-4471;Tazi;Samir;03/04/1990;none of our business;Aldermoor Prison;Mentoring;Arabic;m
PN-4472;Okoro;Grace;05/06/1988;none of our business;Kestrel Bay Prison;Mentoring;English;f
PN-4473;=HYPERLINK("http://x","y");Iri;07/08/1979;none of our business;Nowhere Prison;Mentoring;English;m
;;;;;;;;
Total;3;;;;;;;
"""
NAME, SERVICE_COLUMN = "Tazi", "6"
DAY_FIRST: dict[str, Any] = {"3": "day_first"}  # how the dates of the fourth column are written
CURATED = "Would like somebody from outside to talk to, on weekdays after two."
HOPED = "A weekly routine"
MEETING = "Room 4, escort to the door, seat by the exit."
NOTED = "Kept three of four planned activities."
WORRIED = "Spoke of not sleeping."
GOAL = "Keep a weekly routine"
REPORTED, COMMENT = "Met twice; the routine held.", "Most weeks."
PLACE = "Aldermoor Prison"
FOUND, NOT_FOUND = 200, 404


@pytest.mark.requirement("C6.10", "ISP-22")
def test_the_main_job(prepared: Ground, seat: Take, tmp_path: Path) -> None:
    import_a_caseload(seat, tmp_path)
    case = find_the_person(seat)
    agree(seat, prepared)
    suspend(seat, prepared)
    lift(seat, prepared)
    refer(seat, prepared, case)
    follow_up(case)
    link = answer(seat)
    prepare(seat, case, link)
    deliver(seat, link)
    close(seat, prepared, case, link)


# ---- 1 import --------------------------------------------------------------------------------------------------------


def import_a_caseload(seat: Take, folder: Path) -> None:
    """Bring in a list that another system exported, and get back the row that is wrong."""
    file = folder / "caseload.csv"
    file.write_text(CASELOAD, encoding="utf-8")
    ines = seat("ines")
    ines.follow("imports:index")
    ines.follow("imports:new")
    ines.send(file=file)
    assert ines.route == "imports:columns"
    ines.send(status=422)  # nobody can guess what “Service wanted” means, so the officer says it
    ines.send(service_purpose=SERVICE_COLUMN)
    assert ines.route == "imports:dates"
    ines.reads("03/04/1990")
    ines.send(**DAY_FIRST)
    assert ines.route == "imports:preview"
    ines.reads("Nowhere Prison")
    assert "none of our business" not in ines.text()
    ines.picture("import")
    ines.press("imports:load", ines.ids["pk"])
    assert ines.route == "imports:done"
    ines.says("2 people loaded")
    wrong = ines.download()
    assert "Nowhere Prison" in wrong
    assert NAME not in wrong
    assert not any(cell.startswith("=") for line in wrong.splitlines() for cell in line.replace('"', "").split(";"))


def find_the_person(seat: Take) -> UUID:
    """Find somebody who was loaded, by name, in the search."""
    pat = seat("pat")
    pat.follow("search:search")
    pat.send(text=NAME)
    pat.reads(NAME)
    pat.choose(pat.page.locator("main table a").first)
    assert pat.route == "cases:detail"
    case: UUID = pat.ids["pk"]
    return case


# ---- 2 agree ---------------------------------------------------------------------------------------------------------


def agree(seat: Take, ground: Ground) -> None:
    """Put right what the check finds, propose, and sign on both sides with the second factor."""
    helen, protocol = seat("helen"), ground.protocol.pk
    helen.follow("agreements:index")
    helen.follow("agreements:detail", protocol)
    helen.follow("agreements:edit", protocol, 1)
    helen.follow("agreements:check", protocol, 1)
    helen.says("To put right before it can be proposed")
    helen.open("agreements:edit", protocol, 1)
    helen.follow("agreements:edit_clause", protocol, 1, MISSING)
    helen.send(answer_contact="Any worker of Threshold Families")
    for agreement in (protocol, ground.terms.pk):
        helen.open("agreements:edit", agreement, 1)
        helen.follow("agreements:propose", agreement, 1)
        helen.send()
        for name in ("helen", "tove"):
            sign(seat(name), agreement)
    helen.open("agreements:detail", protocol)
    helen.says("In force")
    helen.picture("agreement", at="#picture")


def sign(signatory: Seat, agreement: UUID) -> None:
    """Read what is to be signed, confirm with the code, and sign."""
    signatory.open("today:today")
    signatory.follow("agreements:index")
    signatory.follow("agreements:detail", agreement)
    signatory.follow("agreements:sign", agreement, 1)
    if signatory.route == "people:confirm":
        signatory.confirm()
    signatory.send(read=True)
    assert signatory.route in {"agreements:version", "agreements:detail"}


def suspend(seat: Take, ground: Ground) -> None:
    """Suspend the framework, question by question; a length that is not agreed is refused, and what was typed stays."""
    helen, framework = seat("helen"), ground.framework.pk
    helen.open("agreements:index")
    helen.follow("agreements:detail", framework)
    helen.follow("agreements:suspend", framework)
    helen.send(ground="safety", explanation="A threat against a worker.")
    helen.send(status=422, days=99)
    helen.keeps(days="99")
    helen.send(days=3)
    helen.picture("suspension")
    helen.send(making_up="Every hour is made up for.")
    helen.reads("A threat against a worker.")
    helen.send()
    assert helen.route == "agreements:detail"
    helen.says("Suspended")


def lift(seat: Take, ground: Ground) -> None:
    """End the suspension before it lapses by itself."""
    helen = seat("helen")
    helen.follow("agreements:lift", ground.framework.pk)
    helen.send()
    helen.says("Lifted. It is in force again.")


# ---- 3 refer ---------------------------------------------------------------------------------------------------------


def refer(seat: Take, ground: Ground, case: UUID) -> None:
    """Offer a service under the terms; find it from the person's case, write the text, have it checked, send it."""
    faye, pat = seat("faye"), seat("pat")
    faye.follow("referrals:index")
    faye.follow("referrals:services")
    faye.follow("referrals:offer")
    faye.send(
        terms=ground.terms.pk, name="Mentoring inside", method="A steady relationship with a trained mentor.",
        target="behaviour", needs=["mentoring"], sexes=["male"], age_groups=["young", "adult"],
        languages="Arabic, English", places=[named("aldermoor")], capacity=8, free_places="some",
    )  # fmt: skip
    service = faye.ids["pk"]
    pat.open("cases:detail", case)
    pat.follow("referrals:refer", case)
    pat.type(need="mentoring", language="Arabic", sex="male")
    pat.choose(pat.page.locator("main form[method=get] button").first)
    pat.picture("directory")
    pat.follow("referrals:write", case, service)
    pat.send(status=422, need="mentoring", text=CURATED)  # no outcome is named
    pat.keeps(text=CURATED)
    pat.send(outcome_1=HOPED)
    assert pat.route == "referrals:send"
    pat.reads(CURATED)
    pat.picture("referral")
    pat.send(checked_by="Pat Vell, programme manager", checked_on=days_ago(0))
    assert pat.route == "referrals:detail"
    pat.says("Not currently")


def answer(seat: Take) -> UUID:
    """Acknowledge, accept, and assign a worker; the referrer still reads “not currently”."""
    faye, pat = seat("faye"), seat("pat")
    referral = pat.ids["pk"]
    faye.open("today:today")
    faye.follow("referrals:detail", referral)
    faye.reads(CURATED)
    faye.press("referrals:acknowledge", referral)
    faye.follow("referrals:answer", referral)
    faye.send(accept="yes")
    assert faye.route == "referrals:prepare"
    pat.open("referrals:detail", referral)
    pat.says("Acknowledged", "Not currently")
    link: UUID = faye.ids["link"]
    faye.follow("referrals:workers", link)
    faye.press("referrals:assign", link, named("noor"))
    return link


def prepare(seat: Take, case: UUID, link: UUID) -> None:
    """Record what the person agreed to, agree on goals, write the briefing and confirm it."""
    faye, noor, pat = seat("faye"), seat("noor"), seat("pat")
    faye.open("referrals:prepare", link)
    faye.follow("referrals:record_participation", link)
    faye.send(
        informer="provider", informed_by="Faye Holt", informed_on=days_ago(9), informed_time="14:00", teach_back=True,
        agreed_on=days_ago(7), agreed_time="14:00", headings=["routine"], signed="signature",
        copy_given="On paper, in Arabic", contest_route="Slip to the ombudsman", renew_by=days_ago(-90),
    )  # fmt: skip
    noor.open("referrals:prepare", link)
    noor.follow("referrals:write_goals", link)
    noor.send(
        text_1=GOAL, target_1="behaviour", measure_1="Three of four planned activities",
        threshold_1="Four weeks in a row", measured_by_1="The person",
    )  # fmt: skip
    assert noor.route == "referrals:goals"
    goals = noor.ids_of("referrals:sign_goals")["pk"]
    noor.follow("referrals:persons_word", goals)
    noor.send(answer="yes", signed_on=days_ago(0))
    noor.press("referrals:sign_goals", goals)
    pat.open("today:today")
    pat.follow("referrals:goals", link)
    pat.press("referrals:sign_goals", goals)
    brief(pat, noor, case, link)


def brief(pat: Seat, noor: Seat, case: UUID, link: UUID) -> None:
    """Give the least that somebody needs to meet the person safely; without it no session counts."""
    noor.open("delivery:record_session", link)
    noor.says("A session cannot be recorded as held now.")
    noor.send(status=422, **a_meeting_now(), minutes=50)
    noor.says("The worker has to confirm the newest safety briefing first.")
    pat.open("today:today")
    pat.follow("sharing:write_briefing", case)
    pat.send(how_to_meet=MEETING, nothing_to_add=True, closed_check_by="security_manager", closed_check_on=days_ago(0))
    briefing = pat.ids["pk"]
    noor.open("today:today")
    noor.picture("today")
    noor.follow("sharing:briefing", briefing)
    noor.reads(MEETING)
    noor.press("sharing:acknowledge", briefing)


# ---- 4 deliver -------------------------------------------------------------------------------------------------------


def deliver(seat: Take, link: UUID) -> None:
    """Record a session held and one not held; what is refused keeps what was typed. Review."""
    noor = seat("noor")
    noor.open("delivery:sessions", link)
    noor.follow("delivery:record_session", link)
    noor.picture("session")
    meeting = a_meeting_now()
    noor.send(status=422, **meeting, note_routine=NOTED)  # nobody said how long it was
    noor.keeps(note_routine=NOTED, time=meeting["time"])
    noor.send(minutes=50)
    assert noor.route == "delivery:sessions"
    noor.reads(NOTED)
    had_met_before(link)
    noor.follow("delivery:record_session", link)
    noor.send(day=days_ago(1), time="14:00", held="no", cause="transport", concern="yes", concern_text=WORRIED)
    noor.says("Not held. Cause: Transport")
    noor.follow("delivery:write_review", link)
    noor.send(held_on=days_ago(0), note_routine=NOTED, own_words="It helps that somebody comes.")
    assert noor.route == "delivery:review"


def a_meeting_now() -> dict[str, Any]:
    """Return what is typed about a meeting that has just begun."""
    now = localtime()
    return {"day": now.date(), "time": f"{now:%H:%M}", "held": "yes", "concern": "no"}


# ---- 5 close ---------------------------------------------------------------------------------------------------------


def close(seat: Take, ground: Ground, case: UUID, link: UUID) -> None:
    """Suspend: what was open a page ago is closed on the next one, in every way to it."""
    noor, pat = seat("noor"), seat("pat")
    own = open_own_case(noor, link)
    reference = reference_of(case, "pat")
    noor.picture("case")
    everything_is_open(noor, case, own, reference)
    suspend(seat, ground)
    everything_is_closed(noor, case, own, reference)
    nothing_leaves_in_a_list(seat("faye"), reference_of(own, "faye"), reference)
    the_page_says_why(noor, own)
    the_owed_report_is_written(noor, own, link)
    the_owner_sees_who_read(pat, case)
    lift(seat, ground)
    pat.open("delivery:end_reports")
    pat.choose(pat.page.locator("main table a").first)
    pat.reads(REPORTED, HOPED, COMMENT)
    pat.says("Partly achieved")


def open_own_case(noor: Seat, link: UUID) -> UUID:
    """Go from Today to the case, as every day."""
    noor.open("today:today")
    noor.follow("cases:index")
    noor.choose(noor.page.locator("main table a").first)
    own: UUID = noor.ids["pk"]
    noor.offers("delivery:record_session", link)
    return own


def ways_to_the_case(noor: Seat, case: UUID, own: UUID, reference: str) -> dict[str, str]:
    """Return what the mentor gets of the case by every way there is: pages, search, interface for machines."""
    shown = {}
    for route in ("cases:detail", "cases:plan", "cases:sessions", "cases:records"):
        noor.open(route, own)
        shown[route] = noor.main()
    noor.open("cases:index", query="?show=others")
    shown["list"] = noor.main()
    noor.follow("search:search")
    noor.send(text=reference)
    shown["search"] = noor.page.locator("main section").inner_text()
    shown["machine: cases"] = noor.fetch("api:cases")
    shown["machine: records"] = noor.fetch("api:records", own)
    return shown


def everything_is_open(noor: Seat, case: UUID, own: UUID, reference: str) -> None:
    shown = ways_to_the_case(noor, case, own, reference)
    assert PLACE in shown["cases:records"]
    noor.open("sharing:newest", case)
    noor.reads(MEETING)
    assert reference in shown["search"]
    assert str(case) in shown["machine: cases"]
    assert PLACE in shown["machine: records"]
    assert noor.fetch_status("api:case", case) == FOUND


def everything_is_closed(noor: Seat, case: UUID, own: UUID, reference: str) -> None:
    """Find one's own rows everywhere, and nothing else anywhere."""
    for way, words in ways_to_the_case(noor, case, own, reference).items():
        for theirs in (PLACE, MEETING, CURATED, HOPED, NAME, reference, str(case)):
            assert theirs not in words, f"{way} still shows {theirs!r}"
    noor.open("cases:sessions", own)
    noor.reads(NOTED)
    noor.open("sharing:newest", case, status=NOT_FOUND)
    assert noor.fetch_status("api:case", case) == NOT_FOUND
    assert noor.fetch_status("api:case", own) == FOUND


def nothing_leaves_in_a_list(faye: Seat, own: str, reference: str) -> None:
    """Take the list of cases out as a file: one's own, without anything of the authority."""
    faye.open("cases:index")
    faye.follow("cases:export")
    taken = faye.download(taken_for="planning")
    assert own in taken
    assert reference not in taken
    assert PLACE not in taken


def the_page_says_why(noor: Seat, own: UUID) -> None:
    """Read which paper is suspended, and who can open it again."""
    noor.open("cases:detail", own)
    noor.reads("Working together", "Helen Marsh")
    noor.picture("closed")
    noor.follow("cases:why", own, query=f"?giver={PRISON}&category={int(Category.P07)}")
    noor.reads("Working together", "Helen Marsh")
    noor.says("No, because the framework agreement is suspended")
    noor.picture("why")


def the_owed_report_is_written(noor: Seat, own: UUID, link: UUID) -> None:
    """Write the end report without the words of the referral; there is a receipt, once, and no reading back."""
    noor.open("cases:detail", own)
    noor.follow("delivery:write_end_report", link)
    assert HOPED not in noor.main()
    noor.send(status=422, summary=REPORTED, comment_1=COMMENT)
    noor.keeps(summary=REPORTED, comment_1=COMMENT)
    noor.send(achieved_1="partly")
    assert noor.route == "delivery:receipt"
    noor.says("The end report is received")
    noor.open("delivery:end_reports")
    assert noor.page.locator("main table a").count() == 0


def the_owner_sees_who_read(pat: Seat, case: UUID) -> None:
    """Find the mentor's earlier reading in the log, after her access was closed."""
    pat.open("cases:detail", case)
    pat.follow("cases:readers", case)
    pat.reads("Noor Haddad")
    pat.picture("log")
    pat.follow("cases:sheet", case)
    pat.reads("Threshold Families")
    pat.picture("sheet")
