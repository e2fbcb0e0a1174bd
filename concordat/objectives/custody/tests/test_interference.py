"""Interference: reported by whoever noticed it, answered in time, both positions side by side, nobody named."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from concordat.clocks.actions import set_calendar
from concordat.core.errors import Refused
from concordat.core.testing.visiting import visit
from concordat.demo.world import LANTERN, PRISON, acting
from concordat.notices.about import About
from concordat.objectives.custody import actions, feeds, figures, rules
from concordat.objectives.custody.agreed import Agreed
from concordat.objectives.custody.models import Interference, Kind, Reporter
from concordat.objectives.custody.tests.making import WORDS, reported, terms

pytestmark = pytest.mark.django_db


def answered() -> Interference:
    one = reported()
    with acting("pat") as by:
        row = Interference.objects.get(pk=one.pk)
        return actions.answer(row, outcome="otherwise", answer="The door was shut.", by=by)


def typed(one: Agreed, **changes: object) -> dict[str, object]:
    today = localdate()
    said = {
        "where": f"{one.terms.pk}/{one.places[0].pk}", "kind": "listened", "happened_on_day": today.day,
        "happened_on_month": today.month, "happened_on_year": today.year, "sessions_lost": 2, "words": WORDS,
    }  # fmt: skip
    return {**said, **changes}


def page_of(name: str, address: str) -> str:
    return str(visit(name, address).content.decode())


@pytest.mark.requirement("C6.12")
def test_a_worker_reports_and_a_task_with_a_date_lies_before_the_place() -> None:
    with acting("nadia"):
        form = typed(terms())
    assert visit("nadia", "/custody/interference/report/", form).status_code == 302
    with acting("pat") as by:
        one = Interference.objects.get()
        assert [str(card.title) for card in feeds.cards(by)] == [f"Answer report {one.reference}: Somebody listened"]
        assert [card.due for card in feeds.cards(by)] == [one.due_on]
        assert [each.about for each in feeds.occasions(by)] == [About.INTERFERENCE]
    assert timedelta(days=10) <= one.due_on - localdate() <= timedelta(days=18)
    assert WORDS in page_of("pat", one.get_absolute_url())


@pytest.mark.requirement("C6.12")
def test_the_days_count_in_the_calendar_of_whoever_answers() -> None:
    usual = reported().due_on
    with acting("pat") as by:
        hours = {"opens": time(8), "closes": time(16), "time_zone": "UTC"}
        set_calendar(name="Four days", rest_days=[5, 6, 7], **hours, by=by)  # type: ignore[arg-type]
    due = reported().due_on
    assert due > usual
    assert due.isoweekday() < 5


@pytest.mark.requirement("C6.12")
def test_the_authority_does_not_learn_who_reported() -> None:
    one = reported()
    with acting("pat"):
        assert list(Reporter.objects.all()) == []
    assert "Nadia" not in page_of("pat", one.get_absolute_url())
    with acting("cora"):
        assert [str(row.membership.shown_name) for row in Reporter.objects.all()] == ["Nadia Brandt"]


@pytest.mark.requirement("C6.12")
@pytest.mark.parametrize("name", ["cass", "ines", "dora", "max", "faye", "paul", "otto", "omar"])
def test_nobody_else_sees_a_report(name: str) -> None:
    one = reported()
    assert visit(name, one.get_absolute_url()).status_code == 404
    assert one.reference not in page_of(name, "/custody/interference/")


def test_nobody_is_named_as_reporter_by_others_or_afterwards() -> None:
    one = reported()
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Reporter.objects.filter(interference=one.pk).update(membership=by)
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Reporter.objects.bulk_create([Reporter(interference=one, membership=by)])


@pytest.mark.requirement("C6.11")
def test_what_the_place_owes_is_reported_and_counted_and_only_what_it_owes() -> None:
    with acting("nadia") as by:
        under = replace(terms(), supports=["room"])
        assert rules.refuse_kind(Kind.ROOM, under, under.places[0], by=by) is None
        assert "clause 9" in str(rules.refuse_kind(Kind.ESCORT, under, under.places[0], by=by))
        elsewhere = replace(under, places=[])
        assert "do not cover" in str(rules.refuse_kind(Kind.ROOM, elsewhere, under.places[0], by=by))
    reported(kind=Kind.ROOM, sessions_lost=3, agreed=under)
    reported(kind=Kind.ROOM, sessions_lost=2, agreed=under)
    with acting("pat"):
        assert figures.of_reports(Interference.objects.all()) == [figures.Line(str(Kind.ROOM.label), 2, 0, 5)]


@pytest.mark.requirement("C6.6")
def test_both_positions_stand_side_by_side_and_nobody_changes_them() -> None:
    one = answered()
    with acting("cora") as by:
        with pytest.raises(Refused, match="stays"):
            actions.answer(Interference.objects.get(pk=one.pk), outcome="mended", answer="x", by=by)
        actions.reply(Interference.objects.get(pk=one.pk), settled=False, reply="It stood open.", by=by)
    for name in ("cora", "pat"):
        page = page_of(name, one.get_absolute_url())
        assert all(words in page for words in (WORDS, "The door was shut.", "It stood open.", "both positions stand"))
    for name, field in (("cora", "words"), ("pat", "answer"), ("cora", "reply"), ("pat", "reply")):
        with acting(name):
            assert not changed(one, field)


def test_whoever_says_something_to_an_answer_does_not_change_it() -> None:
    one = answered()
    with acting("cora") as by, pytest.raises(DatabaseError), transaction.atomic():
        Interference.objects.filter(pk=one.pk).update(answer="x", settled=True, replied_at=now(), replied_by=by)


def changed(one: Interference, field: str) -> bool:
    """Try to write over a field, past every page."""
    try:
        with transaction.atomic():
            return bool(Interference.objects.filter(pk=one.pk).update(**{field: "x"}))
    except DatabaseError:
        return False


@pytest.mark.requirement("C6.12")
def test_what_is_not_answered_in_time_is_late_for_both_by_itself() -> None:
    one = reported()
    for name in ("pat", "cora"):
        with acting(name):
            row = Interference.objects.get(pk=one.pk)
        late = {}
        for days in (0, 1):
            row.due_on = localdate() - timedelta(days=days)
            late[days] = (row.is_late, rules.state_of(row))
        assert late == {0: (False, "Waits for an answer"), 1: (True, "No answer, and its day is over")}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"words": ""}, "Say what happened"), ({"kind": ""}, "Choose what happened"), ({"where": ""}, "Choose the place")],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(changes: dict[str, object], sentence: str) -> None:
    with acting("nadia"):
        form = typed(terms(), **changes)
    answer = visit("nadia", "/custody/interference/report/", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "words" in changes or WORDS in answer.content.decode()


def test_a_day_ahead_is_refused_by_the_form_and_by_the_database() -> None:
    with pytest.raises(Refused, match="future"):
        reported(happened_on=localdate() + timedelta(days=1))
    with acting("nadia"):
        under = terms()
        ahead = Interference(
            owner_id=LANTERN, to_id=PRISON, terms=under.terms, place=under.places[0], kind="listened", words="x",
            happened_on=date(2100, 1, 1), reference="IR-X", due_on=localdate() + timedelta(days=14),
        )  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            Interference.objects.bulk_create([ahead])


def test_an_authority_does_not_report_but_answers() -> None:
    assert "Organisations that hold sessions report here" in page_of("pat", "/custody/interference/report/")
    one = reported()
    form = {"outcome": "mended", "answer": "The officer was moved."}
    assert visit("pat", f"/custody/interference/{one.pk}/answer/", form).status_code == 302
    with acting("cora") as by:
        assert [each.about for each in feeds.occasions(by)] == [About.INTERFERENCE_ANSWERED]
    assert visit("cora", f"/custody/interference/{one.pk}/reply/", {"settled": "yes"}).status_code == 302
    with acting("cora") as by:
        assert list(feeds.cards(by)) == []


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_it_is_handed_out_on_paper_with_both_positions(kind: str) -> None:
    one = answered()
    answer = visit("cora", f"/custody/interference/{one.pk}/paper/{kind}/")
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (
        200, f'attachment; filename="{one.reference}.{kind}"',
    )  # fmt: skip
