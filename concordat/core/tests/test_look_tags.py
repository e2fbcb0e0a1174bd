"""What each tag of the design system says, and what it must never leave unsaid."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from concordat.core import picture, wording
from concordat.core.parts import (
    Action,
    Badge,
    Card,
    Cell,
    Check,
    Clause,
    Clock,
    Column,
    Difference,
    Effect,
    Event,
    Flow,
    Group,
    Kept,
    Link,
    Row,
    Sheet,
    State,
)  # fmt: skip

PRISON = Badge("Prison Service", "PS", is_authority=True)
LANTERN = Badge("Lantern Mentoring", "LM", is_authority=False)


def drawn(source: str, **values: object) -> str:
    page = engines["django"].from_string("{% load ui %}" + source)
    return " ".join(page.render(values, RequestFactory().get("/list?sex=f&page=2")).split())


def test_a_square_is_an_authority_and_a_circle_is_civil_society() -> None:
    assert "c-org__shape--civil" not in drawn("{% org one %}", one=PRISON)
    assert "c-org__shape--civil" in drawn("{% org one %}", one=LANTERN)


def test_somebody_stands_under_the_shape_of_their_organisation() -> None:
    page = drawn('{% org one "Mentor" "" "Nadia Brandt" %}', one=LANTERN)
    assert "Nadia Brandt" in page
    assert "Lantern Mentoring" not in page


def test_as_whom_one_acts_is_also_said_in_words() -> None:
    page = drawn("{% acting_as one '/change' %}", one=SimpleNamespace(organisation=PRISON, title="case officer"))
    assert "You act as case officer" in page
    assert "Public authority" in page
    assert 'href="/change"' in page


def test_a_state_has_words_and_only_known_kinds() -> None:
    assert "In force" in drawn("{% state one %}", one=State("done", "In force"))
    with pytest.raises(ValueError, match="no kind of state"):
        drawn('{% state "dangerous" "A person" %}')


def test_what_is_refused_is_shown_off_with_its_sentence_and_leads_nowhere() -> None:
    page = drawn('{% action "/sign" "Sign" why %}', why="Only the signatory can sign.")
    assert "Only the signatory can sign." in page
    assert "disabled" in page
    assert "/sign" not in page
    mark = page.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{mark}"' in page


def test_what_changes_something_is_sent_and_not_followed() -> None:
    page = drawn('{% action "/remind" "Remind" post=True %}')
    assert '<form method="post" action="/remind">' in page
    assert "csrfmiddlewaretoken" in page
    assert "<a " not in page


def test_user_text_is_escaped_everywhere() -> None:
    evil = "<b onclick=x>"
    pages = [
        drawn("{% org one evil %}", one=Badge(evil, evil, is_authority=True), evil=evil),
        drawn("{% code evil %}{% state 'done' evil %}{% answer evil evil %}", evil=evil),
        drawn("{% todaycard one %}{% endtodaycard %}", one=Card(timezone.now(), evil, because=evil, place=evil)),
        drawn("{% clauserow one %}{% endclauserow %}", one=Clause(evil, evil, [Effect("gives", evil)], evil)),
        drawn(
            "{% agreement_picture one one flows %}",
            one=Badge(evil, "X", is_authority=True),
            flows=[Flow(evil, "full", "right")],
        ),
        drawn("{% table evil evil %}{% endtable %}", evil=evil),
    ]
    assert not any(evil in page for page in pages)


def test_a_card_shows_what_must_be_so_and_why() -> None:
    card = Card(
        timezone.now(), "Session", checks=[Check("todo", "Read the briefing")], because="Clause 5 asks for it.",
        actions=[Action("Read", "/briefing", kind="primary")],
    )  # fmt: skip
    page = drawn("{% todaycard one next=True %}{% endtodaycard %}", one=card)
    assert all(words in page for words in ("c-card--next", "To do:", "Read the briefing", "Clause 5 asks for it."))


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [(-71, "71 days late", "late"), (0, "Due today", "soon"), (1, "1 day left", "soon"), (51, "51 days left", "")],
)
def test_a_clock_says_how_long_until_when_and_what_follows(days: int, words: str, kind: str) -> None:
    due = timezone.localdate() + timedelta(days=days)
    page = drawn("{% clock one %}", one=Clock("Answer", due, "It goes to the ministry.", owner="Ruth Okafor"))
    assert words in page
    assert wording.long_day(due) in page
    assert "It goes to the ministry." in page
    assert "Ruth Okafor" in page
    assert ("c-clock--" + kind in page) if kind else "c-clock--" not in page


def test_clocks_in_one_list_share_a_scale() -> None:
    today = timezone.localdate()
    bars = [drawn("{% clock one %}", one=Clock("x", today + timedelta(days=days), "y")) for days in (4, 51, 200)]
    assert ['width="96"' in bars[0], 'width="43"' in bars[1], 'width="0"' in bars[2]] == [True] * 3


def test_the_chain_stops_at_the_first_missing_condition() -> None:
    links = [
        Link("Framework", "holds", "Until 2027."),
        Link(
            "Terms", "missing", supplier="Partnerships desk", waiting="3 March", otherwise="Nothing opens by silence."
        ),
        Link("Agreement of the person", "unread"),
    ]
    page = drawn("{% why links %}", links=links)
    assert page.count("Missing") == 1
    assert all(words in page for words in ("Partnerships desk", "3 March", "Nothing opens by silence.", "Holds:"))
    assert page.endswith("Not looked at: the answer is already no.</p> </li> </ol>")


def test_how_much_is_given_is_said_in_words() -> None:
    assert "Summary" in drawn('{% given "summary" %}')
    assert "while the person agrees" in drawn("{% given one %}", one=Cell("full", "while the person agrees"))


def test_the_matrix_takes_one_cell_for_each_column() -> None:
    columns = [Column("Prison gives", PRISON, "gives to Lantern"), Column("Because")]
    whole = [Group([Row("Needs", [Cell("summary"), "Clause 6"])], "To plan")]
    page = drawn('{% matrix columns groups "Caption" "Category" %}', columns=columns, groups=whole)
    assert all(words in page for words in ("Caption", "Category", "To plan", "Clause 6", 'data-label="Prison gives"'))
    with pytest.raises(ValueError, match="shorter"):
        drawn('{% matrix columns groups "C" "C" %}', columns=columns, groups=[Group([Row("Needs", [Cell("full")])])])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Cell("none"), Cell("summary"), "Opens"),
        (Cell("full"), Cell("none"), "Closes"),
        (Cell("full"), Cell("date"), "Narrows"),
        (Cell("existence"), Cell("summary"), "Widens"),
        (Cell("full"), Cell("full", "while the person agrees"), "Narrows"),
        (Cell("full", "while the person agrees"), Cell("full"), "Widens"),
        (Cell("full", "a"), Cell("full", "b"), "Changes"),
        (Cell("none"), Cell("threshold"), "Changes"),
        (Cell("full"), Cell("full"), None),
    ],
)
def test_a_comparison_says_what_a_change_does(before: Cell, after: Cell, words: str | None) -> None:
    said = picture.direction_of_change(Difference("Needs", before, after))
    assert (said.text if said else None) == words


def test_the_picture_says_in_words_what_it_shows_in_lines() -> None:
    flows = [
        Flow("Needs", "summary", "right"),
        Flow("Attendance", "date", "left", "while the person agrees"),
        Flow("Harm", "threshold", "both"),
    ]
    page = drawn(
        "{% agreement_picture left right flows kept %}",
        left=PRISON,
        right=LANTERN,
        flows=flows,
        kept=[Kept(PRISON, "assessments")],
    )
    assert "Prison Service gives to Lantern Mentoring: Needs, summary." in page
    assert "Lantern Mentoring gives to Prison Service: Attendance, date only, while the person agrees." in page
    assert "Both ways: Harm." in page
    assert "Stays with Prison Service: assessments." in page
    assert page.count("c-picture__flow--if") == 2  # once in each drawing


@pytest.mark.parametrize("draw", [picture.wide, picture.tall])
def test_right_to_left_the_picture_is_a_mirror_image(draw: Callable[..., picture.Drawing]) -> None:
    flows = [Flow("Needs " * 20, "summary", "right"), Flow("Attendance", "date", "left")]
    kept = [Kept(PRISON, "assessments"), Kept(LANTERN, "what is said")]
    plain = draw(PRISON, LANTERN, flows, kept, mirrored=False)
    mirror = draw(PRISON, LANTERN, flows, kept, mirrored=True)
    assert len(plain.shapes) == len(mirror.shapes)
    for one, other in zip(plain.shapes, mirror.shapes, strict=True):
        if one.kind != "path":
            assert one.x + other.x + one.size == plain.width
        assert (one.kind, one.y) == (other.kind, other.y)


def test_nothing_of_the_picture_stands_outside_it() -> None:
    flows = [Flow("A very long name of what is given " * 4, "full", "right", "while the person agrees")] * 9
    for made in (picture.wide, picture.tall):
        drawing = made(PRISON, LANTERN, flows, [Kept(LANTERN, "what is said")], mirrored=False)
        assert all(0 <= one.x <= drawing.width and 0 <= one.y <= drawing.height for one in drawing.shapes)


def test_a_clause_without_effects_says_so() -> None:
    page = drawn("{% clauserow one %}{% endclauserow %}", one=Clause("3", "Preamble", words="We wish."))
    assert "We wish." in page
    assert "It opens and closes nothing by itself." in page


def test_the_words_of_the_block_come_before_those_of_the_clause() -> None:
    page = drawn("{% clauserow one %}<p>Signed text</p>{% endclauserow %}", one=Clause("3", "Aim", words="Other"))
    assert "<p>Signed text</p>" in page
    assert "Other" not in page


def test_an_event_stands_under_the_shape_of_its_side() -> None:
    event = Event(LANTERN, "Session held", "Nadia Brandt", datetime(2026, 3, 3, 9, 30, tzinfo=UTC))
    page = drawn("{% timeline %}{% event one %}<p>more</p>{% endevent %}{% endtimeline %}", one=event)
    assert all(words in page for words in ("c-org__shape--civil", "Nadia Brandt, ", "<bdi>09:30</bdi>", "<p>more</p>"))


def test_pages_keep_what_the_list_was_narrowed_to() -> None:
    page = drawn(
        '{% table "Cases" "Case|Days" page=page numbers="2" %}<tr></tr>{% endtable %}',
        page=Paginator(range(60), 25).page(2),
    )
    assert "Page 2 of 3" in page
    assert 'href="?sex=f&amp;page=3"' in page
    assert "c-table--n-2" in page
    assert '<th scope="col">Days</th>' in page


def test_a_sheet_has_version_code_and_what_may_be_done_with_it() -> None:
    sheet = Sheet("Briefing", "Version 4 of 9 March.", "7K2M-94QF", "read it, hand it in.", party=PRISON)
    page = drawn(
        '{% printsheet one %}{% sheetrow "Meeting" changed=True %}Room 4{% endsheetrow %}{% endprintsheet %}', one=sheet
    )
    assert all(
        words in page
        for words in ("Version 4 of 9 March.", "<bdi>7K2M-94QF</bdi>", "read it, hand it in.", "(changed)")
    )
    assert 'aria-label="Check code 7K2M-94QF"' in page


def test_an_empty_list_says_what_would_be_here() -> None:
    page = drawn('{% empty "No cases yet" "A case appears when it is opened." "/new" "Open a case" %}')
    assert all(words in page for words in ("No cases yet", "A case appears when it is opened.", 'href="/new"'))


def test_days_are_written_as_people_say_them() -> None:
    today = timezone.localdate()
    assert [wording.near_day(today + timedelta(days=days)) for days in (-1, 0, 1)] == ["Yesterday", "Today", "Tomorrow"]
    assert wording.near_day(today + timedelta(days=3)) == f"{today + timedelta(days=3):%A}"
    assert wording.plain_day(date(2019, 4, 2)) == "2 April 2019"
    assert wording.long_day(date(2026, 3, 10)) == "Tuesday 10 March 2026"


def test_an_appointment_a_deadline_and_a_day_are_written_differently() -> None:
    day = timezone.now().replace(hour=9, minute=30)
    until = day + timedelta(minutes=50)
    assert wording.card_when(Card(day, "x", until=until)) == ("<bdi>09:30</bdi>", "to <bdi>10:20</bdi>")
    assert wording.card_when(Card(day, "x", by=True)) == ("Today", "by <bdi>09:30</bdi>")
    assert wording.card_when(Card(date(2019, 4, 2), "x")) == ("2 April 2019", "")


def test_times_of_day_are_the_readers() -> None:
    with timezone.override("Asia/Amman"):
        assert wording.moment(datetime(2019, 1, 1, 22, 30, tzinfo=UTC)) == "2 January 2019, <bdi>00:30</bdi>"


def test_dates_follow_the_language() -> None:
    with translation.override("ar"):
        assert wording.long_day(date(2026, 3, 10)) == "الثلاثاء 10 مارس 2026"
