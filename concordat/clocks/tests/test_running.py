from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate, now

from concordat.agreements import actions as agreements
from concordat.agreements.models import Dispute
from concordat.clocks import actions, rules
from concordat.clocks.calendars import days_of
from concordat.clocks.counting import due
from concordat.clocks.feeds import clocks, occasions
from concordat.clocks.lapsing import record_batch, record_lapses
from concordat.clocks.models import Calendar, Holiday, Lapse, Pause, Running
from concordat.core.errors import Refused
from concordat.demo.world import PRISON, acting
from concordat.notices.about import About

from .ready import Superuser, asked, disputed, lapses, pass_days, seen, steps

pytestmark = pytest.mark.usefixtures("own_database")
OFFICE: dict[str, Any] = {
    "name": "The north", "rest_days": [5, 6], "opens": time(8), "closes": time(15), "time_zone": "Asia/Beirut",
}  # fmt: skip


def one_of(name: str, code: str) -> Running:
    (found,) = seen(name, code=code)
    return found


def set_calendar(by: str = "pat", **changes: Any) -> Calendar:  # noqa: ANN401 - fields of the action
    with acting(by) as author:
        return actions.set_calendar(**{**OFFICE, **changes}, by=author)


# ---- who sees them -------------------------------------------------------------------------------------------------


def test_both_parties_see_the_clock_of_a_disagreement_and_nobody_else() -> None:
    disputed()
    for name in ("helen", "ruth"):
        assert steps(name, code="CLK-28") == ["CLK-28/workers"]
    for name in ("otto", "faye", "omar", "paul"):
        assert seen(name, code="CLK-28") == [], name


def test_what_waits_on_a_persons_request_is_seen_by_those_who_see_the_request() -> None:
    asked()
    assert steps("cora", code="CLK-25") == ["CLK-25/answer"]
    for name in ("helen", "pat", "sef", "dora", "otto", "faye", "ruth", "max"):
        assert seen(name, code="CLK-25") == [], name


def test_a_restricted_case_has_no_clocks_for_whoever_it_is_closed_to(superuser: Superuser) -> None:
    asked()
    assert seen("cora", code="CLK-25")
    superuser.execute("UPDATE clocks_running SET case_id = (SELECT id FROM cases_case WHERE owner_id = 3 LIMIT 1)")
    superuser.execute(
        "INSERT INTO cases_restriction "
        "(id, owner_id, case_id, created_by_id, organisation_id, ground, starts_at, why_ended, told) "
        "SELECT gen_random_uuid(), c.owner_id, c.id, m.id, 3, 'x', now(), '', '' "
        "FROM cases_case c, people_membership m WHERE c.owner_id = 3 AND m.organisation_id = 3 LIMIT 1"
    )
    assert seen("cora", code="CLK-25") == []


def test_nobody_gives_themselves_longer_in_sql() -> None:
    disputed()
    clock = one_of("helen", "CLK-28")
    for change in ("due_at = now() + interval '1 year'", "length = 200", "owner_id = 4", "watched = false"):
        with pytest.raises(DatabaseError), acting("helen"), transaction.atomic():
            connection.cursor().execute(f"UPDATE clocks_running SET {change} WHERE id = %s", [clock.pk])  # noqa: S608
    with acting("helen") as by:
        Running.objects.create(
            about_table=clock.about_table, about_id=clock.about_id, code="CLK-28", step="arbiter", unit="days",
            length=1, owner_id=PRISON, due_at=now() + timedelta(days=900), started_by=by, address="/",
        )  # fmt: skip
        found = Running.objects.get(step="arbiter").due_at
    assert found
    assert found < now() + timedelta(days=3)


def test_no_clock_is_started_in_sql_for_somebody_else_or_about_what_one_does_not_see() -> None:
    disputed()
    clock = one_of("helen", "CLK-28")
    values = {"about_table": clock.about_table, "about_id": clock.about_id, "code": "CLK-28", "step": "arbiter",
              "unit": "days", "length": 1, "address": "/"}  # fmt: skip
    for name, owner in (("helen", 4), ("otto", 5)):
        with pytest.raises(DatabaseError), acting(name) as by, transaction.atomic():
            Running.objects.create(**values, owner_id=owner, started_by=by)


# ---- when ----------------------------------------------------------------------------------------------------------


def test_a_clock_counts_in_the_calendar_of_its_owner_and_the_other_side_reads_that_date() -> None:
    set_calendar()
    disputed()
    ours, theirs = one_of("helen", "CLK-28"), one_of("ruth", "CLK-28")
    with acting("ruth"):
        counted = due(ours.starts_at, 10, "working_days", days_of(PRISON))
    assert ours.due_at == theirs.due_at == counted
    assert ours.due_at
    assert ours.due_at.astimezone(ZoneInfo("Asia/Beirut")).time() == time(15)


def test_a_holiday_moves_what_runs_and_leaves_what_has_lapsed(superuser: Superuser) -> None:
    calendar = set_calendar(rest_days=[7])
    disputed()
    before = one_of("helen", "CLK-28").due_at
    assert before
    with acting("pat") as by:
        actions.declare_holiday(calendar, day=before.date(), name="Founding day", by=by)
    after = one_of("helen", "CLK-28").due_at
    assert after
    assert after > before
    pass_days(superuser, 60, "CLK-28")
    lapsed = one_of("helen", "CLK-28").due_at
    with acting("pat") as by:
        days = {localdate() + timedelta(days=n): "Flood" for n in range(-90, 20)}
        actions.declare_holidays(calendar, days=days, source="typed", by=by)
    assert one_of("helen", "CLK-28").due_at == lapsed


def test_a_holiday_taken_back_is_a_working_day_again_and_one_that_was_stays() -> None:
    calendar = set_calendar(rest_days=[7])
    disputed()
    before = one_of("helen", "CLK-28").due_at
    with acting("pat") as by:
        made = actions.declare_holiday(calendar, day=localdate() + timedelta(days=3), name="By mistake", by=by)
        old = actions.declare_holiday(calendar, day=localdate() - timedelta(days=3), name="It was", by=by)
    with acting("pat") as by:
        actions.take_back_holiday(Holiday.objects.get(pk=made.pk), by=by)
    assert one_of("helen", "CLK-28").due_at == before
    with acting("pat") as by, pytest.raises(Refused, match="come already"):
        actions.take_back_holiday(Holiday.objects.get(pk=old.pk), by=by)


def test_only_those_whose_post_it_is_set_the_calendar_and_only_their_own() -> None:
    calendar = set_calendar()
    for name in ("cass", "nadia"):
        with acting(name) as by, pytest.raises(Refused, match="sets the calendar"):
            actions.set_calendar(**OFFICE, by=by)
    with pytest.raises(Refused), acting("cora") as by:
        actions.declare_holiday(calendar, day=localdate(), name="x", by=by)
    with pytest.raises(DatabaseError), acting("cora") as by, transaction.atomic():
        Holiday.objects.create(calendar=calendar, day=localdate(), name="x", source="typed", declared_by=by)


# ---- pauses --------------------------------------------------------------------------------------------------------


def test_a_pause_has_a_listed_ground_and_both_sides_see_it() -> None:
    disputed()
    clock = one_of("ruth", "CLK-28")
    with acting("ruth") as by, pytest.raises(Refused, match="on this ground"):
        actions.pause(clock, ground="identity", by=by)
    for name in ("cora", "nadia"):
        with acting(name) as by, pytest.raises(Refused, match="Whoever is told"):
            actions.pause(clock, ground="agreed", by=by)
    with acting("ruth") as by:
        actions.pause(clock, ground="agreed", by=by)
    for name in ("helen", "ruth"):
        with acting(name):
            assert [one.get_ground_display() for one in Pause.objects.all()] == ["Both parties agreed to wait"]
        assert one_of(name, "CLK-28").due_at is None
    with acting("otto"):
        assert not Pause.objects.exists()
    with acting("helen") as by:
        actions.resume(Running.objects.get(pk=clock.pk), by=by)
    assert one_of("ruth", "CLK-28").due_at == clock.due_at


def test_what_its_owner_alone_sees_and_what_has_lapsed_is_not_paused(superuser: Superuser) -> None:
    asked()
    hidden = one_of("cora", "CLK-25")
    with pytest.raises(DatabaseError), acting("cora") as by, transaction.atomic():
        Pause.objects.create(clock=hidden, ground="identity", begun_by=by)
    disputed()
    pass_days(superuser, 60, "CLK-28")
    lapsed = one_of("ruth", "CLK-28")
    assert lapsed.has_lapsed
    with acting("ruth") as by, pytest.raises(Refused, match="lapsed"):
        actions.pause(lapsed, ground="agreed", by=by)
    with pytest.raises(DatabaseError), acting("ruth") as by, transaction.atomic():
        Pause.objects.create(clock=lapsed, ground="agreed", begun_by=by)


# ---- lapses --------------------------------------------------------------------------------------------------------


def test_it_has_lapsed_at_its_instant_whether_or_not_the_worker_ran(superuser: Superuser) -> None:
    disputed()
    assert not one_of("helen", "CLK-28").has_lapsed
    pass_days(superuser, 60, "CLK-28")
    assert one_of("helen", "CLK-28").has_lapsed
    assert lapses(superuser) == []


@pytest.mark.requirement("CLK-28")
def test_a_lapse_is_recorded_once_and_the_next_step_begins(superuser: Superuser) -> None:
    disputed()
    pass_days(superuser, 20, "CLK-28")
    for _round in range(3):
        record_lapses()
    assert lapses(superuser) == [
        ("CLK-28/workers", ["partnership_officer", "director"], ["signatory", "director"]),
    ]  # fmt: skip
    assert steps("ruth", code="CLK-28", ended_at=None) == ["CLK-28/directors", "CLK-28/workers"]
    pass_days(superuser, 60, "CLK-28")
    record_lapses()
    record_lapses()
    assert [one[0] for one in lapses(superuser)] == ["CLK-28/workers", "CLK-28/directors", "CLK-28/arbiter"]
    with acting("helen", level=2) as by:
        agreements.settle(Dispute.objects.get(), outcome="Two afternoons.", by=by)
    assert steps("ruth", code="CLK-28", ended_at=None) == []


def test_what_was_ended_in_time_never_lapses_and_what_was_late_did(superuser: Superuser) -> None:
    disputed()
    with acting("helen", level=2) as by:
        agreements.settle(Dispute.objects.get(), outcome="Two afternoons.", by=by)
    superuser.execute("UPDATE clocks_running SET due_at = ended_at + interval '1 second' WHERE code = 'CLK-28'")
    assert record_batch() == 0
    disputed()
    pass_days(superuser, 60, "CLK-28")
    with acting("helen", level=2) as by:
        agreements.settle(Dispute.objects.get(settled_at=None), outcome="Late.", by=by)
    assert record_batch() == 1
    assert [(one[0], one[2]) for one in lapses(superuser)] == [("CLK-28/workers", [])]  # nothing goes on from it


def test_nobody_records_a_lapse_that_was_none() -> None:
    disputed()
    clock = one_of("helen", "CLK-28")
    with acting("helen"), connection.cursor() as cursor:
        found = f'[{{"clock": "{clock.pk}", "told": [], "above": [], "above_after": 5}}]'
        cursor.execute("SELECT clocks.record_lapses(%s::jsonb)", [found])
        assert cursor.fetchall() == [(0,)]
        assert not Lapse.objects.exists()


def test_a_lapse_is_told_to_its_posts_and_some_days_later_to_those_above(superuser: Superuser) -> None:
    asked()
    pass_days(superuser, 40, "CLK-25")
    record_lapses()

    def told(name: str) -> list[str]:
        with acting(name) as by:
            return [one.about for one in occasions(by)]

    assert told("cora") == [About.CLOCK_LAPSED]
    assert told("ruth") == []
    superuser.execute("UPDATE clocks_lapse SET above_at = now() - interval '1 day'")
    for name in ("ruth", "otto", "pat", "helen", "dora"):
        # a director does not see this case, so is told nothing of it
        assert told(name) == [], name
    disputed()
    pass_days(superuser, 20, "CLK-28")
    record_lapses()
    assert told("helen") == [About.CLOCK_LAPSED]


def test_the_line_of_a_lapse_names_the_case_to_its_owner_alone(superuser: Superuser) -> None:
    asked()
    disputed()
    superuser.execute("UPDATE clocks_running SET due_at = now() - interval '1 minute'")
    superuser.execute("UPDATE clocks_running SET other_id = 1 WHERE code = 'CLK-25'")
    record_lapses()
    rows = superuser.execute(
        'SELECT s.owner, s."case" IS NOT NULL FROM ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id '
        "WHERE e.what = 'clock.lapsed' ORDER BY 1, 2"
    ).fetchall()
    assert rows == [(1, False), (3, False), (3, True)]


def test_today_shows_one_line_with_what_follows() -> None:
    disputed()
    with acting("helen") as by:
        (line,) = [one for one in clocks(by) if "Talk of those" in str(one.name)]
    assert "Everything stays as it is" in line.then


def test_every_refusal_of_the_database_has_its_words() -> None:
    assert all(str(words).endswith(".") for words in rules.CONSTRAINT_SENTENCES.values())
