from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concordat.clocks.calendars import working_day_after
from concordat.clocks.catalogue import Unit
from concordat.clocks.counting import Days, Paused, due
from concordat.core.days import add_working_days
from concordat.demo.world import LANTERN

WD = Unit.WORKING_DAYS
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
NY, BEIRUT = ZoneInfo("America/New_York"), ZoneInfo("Asia/Beirut")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, *, zone: tzinfo = UTC) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=zone)


OFFICE = Days(closes=time(17), time_zone="America/New_York")
WEEKEND = Days(rest=frozenset({5, 6}), closes=time(15), time_zone="Asia/Beirut")


def test_it_is_due_at_the_close_of_the_last_working_day_there() -> None:
    start = at(2027, 3, 4, 9, zone=NY)  # a Thursday
    assert due(start, 3, WD, OFFICE) == at(2027, 3, 9, 17, zone=NY)


def test_without_a_calendar_it_is_due_where_it_always_was() -> None:
    for days in range(1, 30):
        start = date(2027, 3, 1) + timedelta(days=days)
        found = due(at(start.year, start.month, start.day, 13), 10, WD)
        assert found is not None
        assert Days().last_day(found) == add_working_days(start, 10) == working_day_after(start, 10)


def test_two_calendars_give_two_days_for_one_start() -> None:
    start = at(2027, 3, 4, 9)  # a Thursday: the one rests on Friday and Saturday, the other on Saturday and Sunday
    assert due(start, 1, WD, OFFICE) == at(2027, 3, 5, 17, zone=NY)
    assert due(start, 1, WD, WEEKEND) == at(2027, 3, 7, 15, zone=BEIRUT)


def test_a_month_ends_on_the_last_day_of_a_shorter_one() -> None:
    assert due(at(2027, 1, 31, 12), 1, Unit.MONTHS) == at(2027, 3, 1)  # the end of 28 February
    assert due(at(2028, 1, 31, 12), 1, Unit.MONTHS) == at(2028, 3, 1)  # the end of 29 February


@pytest.mark.parametrize(
    ("start", "hours_later"),
    [((2027, 3, 12), 47), ((2027, 11, 5), 49)],  # the nights on which clocks are set forward, and back
    ids=["forward", "back"],
)
def test_a_change_of_the_clocks_moves_no_close(start: tuple[int, int, int], hours_later: int) -> None:
    begun = at(*start, 17, zone=NY)
    found = due(begun, 2, Unit.DAYS, OFFICE)
    assert found == at(start[0], start[1], start[2] + 2, 17, zone=NY)
    assert found.astimezone(UTC) - begun.astimezone(UTC) == timedelta(hours=hours_later)
    # hours go by the clock
    assert due(begun, 24, Unit.HOURS, OFFICE) == begun.astimezone(UTC) + timedelta(hours=24)


def test_a_close_that_comes_twice_or_never_that_night_is_the_later_instant() -> None:
    night = Days(closes=time(1, 30), time_zone="America/New_York")
    assert night.close_of(date(2027, 11, 7)) == at(2027, 11, 7, 6, 30)  # 01:30 comes twice
    gone = Days(closes=time(2, 30), time_zone="America/New_York")
    assert gone.close_of(date(2027, 3, 14)) == at(2027, 3, 14, 7, 30)  # 02:30 never comes


def test_a_holiday_known_before_is_passed_over() -> None:
    days = Days(holidays={date(2027, 3, 3): FIRST})
    assert due(at(2027, 3, 1, 9), 2, WD, days) == at(2027, 3, 5)


def test_a_holiday_declared_late_moves_only_what_had_not_lapsed() -> None:
    start = at(2027, 3, 1, 9)  # Monday; due at the end of Wednesday
    before = Days(holidays={date(2027, 3, 3): at(2027, 3, 2, 12)})
    after = Days(holidays={date(2027, 3, 3): at(2027, 3, 4, 0)})
    assert due(start, 2, WD, before) == at(2027, 3, 5)
    assert due(start, 2, WD, after) == at(2027, 3, 4)


def test_a_pause_across_the_deadline_moves_it() -> None:
    start = at(2027, 3, 1, 9)
    pause = [Paused(at(2027, 3, 3, 12), at(2027, 3, 5, 12))]  # over the close of Wednesday and Thursday
    assert due(start, 2, WD, pauses=pause) == at(2027, 3, 6)  # the end of Friday
    assert due(start, 60, Unit.HOURS, pauses=pause) == at(2027, 3, 5, 21)
    assert due(start, 2, WD, pauses=[Paused(at(2027, 3, 3, 12))]) is None
    assert due(start, 2, WD, pauses=[Paused(at(2027, 3, 4, 1))]) == at(2027, 3, 4)  # it had lapsed


# ---- the database counts the same ----------------------------------------------------------------------------------

CALENDAR = uuid4()
ZONES = ["UTC", "America/New_York", "Asia/Beirut", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Auckland"]
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(MOMENTS)
    edges = sorted(draw(st.lists(st.integers(0, 900), max_size=5, unique=True)))
    instants = [start + timedelta(hours=edge) for edge in edges]
    ends: list[datetime | None] = [*instants[1::2]]
    pauses = [Paused(begin, end) for begin, end in zip(instants[0::2], [*ends, None], strict=False)]
    return {
        "start": start, "pauses": pauses,
        "length": draw(st.integers(1, 15)), "unit": draw(st.sampled_from(list(Unit))),
        "rest": draw(st.sets(st.integers(1, 7), max_size=5)),
        "closes": draw(st.sampled_from([time(0), time(15), time(17, 30), time(23, 59)])),
        "zone": draw(st.sampled_from(ZONES)),
        "holidays": draw(st.dictionaries(st.integers(0, 40), st.integers(-200, 900), max_size=6)),
    }  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions())
def test_the_database_counts_the_same(owner_dsn: str, asked: dict[str, Any]) -> None:
    holidays = {
        asked["start"].date() + timedelta(days=day): asked["start"] + timedelta(hours=hours)
        for day, hours in asked["holidays"].items()
    }
    days = Days(frozenset(asked["rest"]), asked["closes"], asked["zone"], holidays)
    with psycopg.connect(owner_dsn) as owner:
        owner.execute(
            "INSERT INTO clocks_calendar "
            "(id, owner_id, name, country, subdivision, rest_days, opens, closes, time_zone, set_at) "
            "VALUES (%s, %s, 'x', '', '', %s, '00:00', %s, %s, now())",
            [CALENDAR, LANTERN, sorted(asked["rest"]), asked["closes"], asked["zone"]],
        )
        for day, declared in holidays.items():
            values = [CALENDAR, day]
            owner.execute(
                "INSERT INTO clocks_holiday (id, calendar_id, day, name, source, declared_at) "
                "VALUES (gen_random_uuid(), %s, %s, 'x', 'typed', now())", values,
            )  # fmt: skip
            owner.execute(
                "UPDATE clocks_holiday SET declared_at = %s WHERE calendar_id = %s AND day = %s", [declared, *values]
            )
        begins = [one.begins_at for one in asked["pauses"]]
        ends = [one.ends_at for one in asked["pauses"]]
        question = "SELECT clocks.due(%s, %s, %s, %s, %s::timestamptz[], %s::timestamptz[])"
        said = [LANTERN, asked["start"], asked["length"], str(asked["unit"]), begins, ends]
        ((found,),) = owner.execute(question, said).fetchall()
        owner.rollback()
    assert found == due(asked["start"], asked["length"], asked["unit"], days, asked["pauses"])
