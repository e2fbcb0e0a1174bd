"""Each of the six stories, as docs/demo.md tells a reader to look at it: through the door, on the pages."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from concordat.demo.stories import STORIES
from concordat.imports import reading

Door = Callable[[str], Client]
DOCS = Path(__file__).parents[3] / "docs" / "demo.md"
CASELOAD = Path(__file__).parents[1] / "files" / "caseload.csv"


def words_of(browser: Client, address: str) -> str:
    """Return what stands in the middle of a page, on one line."""
    page = browser.get(address)
    assert page.status_code == 200, address
    whole = page.content.decode()
    main = whole[whole.index("<main") : whole.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def address_on(browser: Client, page: str, words: str) -> str:
    """Return where a link leads that begins with these words."""
    found = re.search(rf'href="([^"]+)"[^>]*>\s*{re.escape(words)}', browser.get(page).content.decode())
    assert found, f"{words} is not on {page}"
    return found[1]


def case_of(browser: Client, code: str) -> str:
    return address_on(browser, f"{reverse('cases:index')}?text={code}", f"Person {code}")


def test_1_the_mentor_reads_the_briefing_that_changed_yesterday_first(through_the_door: Door) -> None:
    nadia = through_the_door("nadia")
    page = words_of(nadia, case_of(nadia, "7Q"))
    assert "Read first" in page
    assert "Version 2. One more person to be kept apart from." in page
    assert "Keep a weekly routine" in page
    assert "Called Orlin" in words_of(nadia, case_of(nadia, "7Q") + "records/")
    assert "Tavek" not in words_of(nadia, case_of(nadia, "7Q") + "records/")


def test_2_a_suspended_prison_is_closed_and_the_page_says_why(through_the_door: Door) -> None:
    nadia = through_the_door("nadia")
    page = words_of(nadia, case_of(nadia, "4M"))
    assert "Mentoring at Kestrel Bay Prison is suspended by Prison Service of Marenia." in page
    assert "Danger to a person's safety" in page
    assert "Session held" in page
    records = words_of(nadia, case_of(nadia, "4M") + "records/")
    assert "Attendance" in records
    assert "Dovic" not in records
    assert "Suspended" in words_of(through_the_door("helen"), reverse("agreements:index"))


def test_3_lapsed_terms_leave_the_end_report_to_be_written(through_the_door: Door) -> None:
    faye = through_the_door("faye")
    assert "Family work at Thornfield Women’s Prison lapsed" in words_of(faye, case_of(faye, "6W"))
    assert "the stairs are being repaired" in words_of(faye, address_on(faye, case_of(faye, "6W"), "Read it"))
    form = words_of(faye, address_on(faye, "/", "Write the end report"))
    assert "Desired outcome 2 of the referral" in form
    assert "Letters to her son" not in form


def test_4_a_withdrawal_looks_like_a_no_and_like_no_answer(through_the_door: Door) -> None:
    tomas = through_the_door("tomas")
    pages = [words_of(tomas, f"{reverse('referrals:index')}?page={number}") for number in (1, 2)]
    rows = {
        code: next(page for page in pages if f"Person {code}:" in page).split(f"Person {code}:")[1].split("Person ")[0]
        for code in ("2K", "6D", "3X")
    }
    assert {code: "Not currently" in row for code, row in rows.items()} == dict.fromkeys(rows, True)
    cora = through_the_door("cora")
    assert "The person withdrew the agreement" in words_of(cora, case_of(cora, "9A"))


def test_5_without_a_birth_date_a_mentor_needs_safeguarding(through_the_door: Door) -> None:
    cora = through_the_door("cora")
    link = address_on(cora, "/", "Choose a worker")
    page = words_of(cora, link)
    assert "Person 2E" in page
    assert "The rules for children apply to this case: Max Ferro needs a course in safeguarding first." in page
    assert page.count("safeguarding first") == 1


def test_6_the_ombudsman_sees_what_the_statute_opens_suspended_or_not(through_the_door: Door) -> None:
    omar = through_the_door("omar")
    for code in ("9R", "9D"):
        page = words_of(omar, case_of(omar, code))
        assert "Place and transfers" in page
        assert "Identity" not in page
        assert "Offence" not in page
    dora = through_the_door("dora")
    assert "Ombudsman of Marenia" in words_of(dora, case_of(dora, "9R") + "readers/")


def test_the_page_tells_every_story_with_the_codes_that_are_there() -> None:
    told = DOCS.read_text(encoding="utf-8")
    for number, story in enumerate(STORIES, start=1):
        assert f"## {number}. {story.title}" in told
        for plan in story.plans:
            assert f"`{plan.reference}`" in told
            assert plan.own is None or f"`{plan.own[1]}`" in told
        for code in story.codes.values():
            assert f"`{code}`" in told


@pytest.mark.parametrize(
    "shown", ["MPS-1105", "31.02.1993", "Ravenrock", '"=HYPERLINK', "Total: 12", "03/04/2024", "Sørrin"]
)
def test_the_file_to_try_the_import_with_holds_what_the_page_says(shown: str) -> None:
    data = CASELOAD.read_bytes()
    assert shown in data.decode("windows-1252")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert ";" in data.decode("windows-1252").splitlines()[3]


def test_the_file_asks_one_question_and_hands_back_three_rows(country: str) -> None:
    sheet = reading.read(CASELOAD.read_bytes(), CASELOAD.name)
    mapping = reading.guess(sheet)
    places = {name: name for name in ("Aldermoor Prison", "Kestrel Bay Prison", "Thornfield Women’s Prison")}
    (question,) = reading.questions(sheet, mapping)
    assert question.column == sheet.heading.index("Arrived on")
    result = reading.check(sheet, mapping, {question.column: reading.Order.DAY_FIRST}, places, None)
    assert len(result.rows) == 9
    assert [row.number for row in result.wrong] == [13, 14, 15]
