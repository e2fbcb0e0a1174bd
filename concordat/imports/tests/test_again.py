"""What stays behind in the whole database: nothing new from the same file again, nothing of what was not mapped."""

from collections.abc import Callable

import psycopg
import pytest
from django.core.management import call_command

from concordat.core.errors import Refused
from concordat.demo.world import PRISON
from concordat.imports import actions, load
from concordat.imports.tests.making import (
    FULL_HEADING,
    KESTREL,
    bring_in,
    bring_in_file,
    confirmed,
    full,
    officer,
    person,
    stage,
)
from concordat.imports.tests.reading_samples import as_workbook

pytestmark = pytest.mark.usefixtures("own_database")

Whole = psycopg.Connection[tuple[object, ...]]
OWN_TRACES = {"imports_upload", "ledger_entry", "ledger_subject", "ledger_leaf"}  # that the file was brought in again
PEOPLE = [
    full("A-1"),
    full("A-2", family_name="Müller"),
    person("A-3", birth_date="x"),
    person("A-4", service_purpose=""),
]


@pytest.fixture
def whole(dsn: Callable[[str], str]) -> Callable[[], Whole]:
    """Return how to look at all rows of all tables, past every policy."""
    return lambda: psycopg.connect(dsn("postgres"))


def tables(connection: Whole) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    return [str(name) for (name,) in found]


def fingerprint(connection: Whole) -> dict[str, object]:
    """Return of each table a hash of all its rows; xmin changes even where a row is written with the same content."""
    hash_of = "SELECT md5(string_agg(t.xmin::text || t::text, '|' ORDER BY t.ctid)) FROM {} t"
    return {
        name: connection.execute(hash_of.format(name).encode()).fetchone()
        for name in tables(connection)
        if name not in OWN_TRACES
    }


def test_the_same_file_again_changes_nothing(whole: Callable[[], Whole]) -> None:
    with officer() as by:
        bring_in(*PEOPLE, by=by, heading=FULL_HEADING)
    with whole() as connection:
        before = fingerprint(connection)
    with officer() as by:
        again = bring_in(*PEOPLE, by=by, heading=FULL_HEADING)
        shuffled = [row[::-1] for row in (FULL_HEADING, *PEOPLE[1::-1])]
        bring_in_file(as_workbook([["Title"], [], *shuffled]), "other.xlsx", by=by)
    with whole() as connection:
        assert fingerprint(connection) == before
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)


def test_a_changed_row_is_seen_by_the_fingerprint(whole: Callable[[], Whole]) -> None:
    with officer() as by:
        bring_in(*PEOPLE, by=by, heading=FULL_HEADING)
    with whole() as connection:
        before = fingerprint(connection)
    with officer() as by:
        bring_in(full("A-1", establishment=KESTREL), by=by, heading=FULL_HEADING)
    with whole() as connection:
        after = fingerprint(connection)
    assert {name for name in after if after[name] != before[name]} == {"cases_placement"}


@pytest.mark.requirement("PP-10")
def test_of_columns_without_a_meaning_nothing_is_stored_anywhere(whole: Callable[[], Whole]) -> None:
    marker = "Zoroastrian"
    heading = [*FULL_HEADING, "Religion"]
    rows = [[*full("A-1"), marker], [*full("A-2", birth_date="x"), marker]]
    with officer() as by:
        upload = confirmed(stage(*rows, by=by, heading=heading), by=by)
    with whole() as connection:
        assert traces(connection, marker) == ["imports_upload"]  # until it is loaded, the file itself
    with officer() as by:
        loaded = actions.load(upload, by=by)
        assert loaded.wrong is not None
    with whole() as connection:
        assert traces(connection, marker) == []
        assert traces(connection, "Haddad") == ["cases_identity", "imports_upload"]
    with officer() as by:
        actions.fetch_wrong_rows(upload, by=by)
    with whole() as connection:
        assert traces(connection, "Haddad") == ["cases_identity"]


def traces(connection: Whole, marker: str) -> list[str]:
    """Return the tables in which a text stands, be it as text or as bytes."""
    look = "SELECT EXISTS (SELECT FROM {} t WHERE t::text LIKE %s OR t::text LIKE %s)"
    patterns = [f"%{marker}%", f"%{marker.encode().hex()}%"]
    return [
        name
        for name in tables(connection)
        if connection.execute(look.format(name).encode(), patterns).fetchone() == (True,)
    ]


def test_what_was_thrown_away_is_gone(whole: Callable[[], Whole]) -> None:
    with officer() as by:
        actions.discard(stage(person(family_name="Unheardof"), by=by), by=by)
    with whole() as connection:
        assert traces(connection, "Unheardof") == []


def test_two_files_of_one_organisation_are_not_loaded_at_the_same_time(whole: Callable[[], Whole]) -> None:
    with officer() as by:
        upload = confirmed(stage(person(), by=by), by=by)
    with whole() as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('concordat.imports'), %s)", [PRISON])
        with officer() as by, pytest.raises(Refused, match="Another file of your organisation is being loaded"):
            actions.load(upload, by=by)
    with officer() as by:
        assert actions.load(upload, by=by).counts["new"] == 1


def test_what_nobody_comes_back_for_is_deleted_after_seven_days(whole: Callable[[], Whole]) -> None:
    with officer() as by:
        waiting = stage(person("A-1", family_name="Waiting"), by=by)
        fresh = stage(person("A-2", family_name="Fresh"), by=by)
        wrong = person("A-3", family_name="Wrong", establishment="Elsewhere")
        loaded = bring_in(person("A-4"), wrong, by=by)
    with whole() as connection:
        connection.execute(
            "UPDATE imports_upload SET staged_at = staged_at - interval '8 days',"
            " finished_at = finished_at - interval '8 days' WHERE id = ANY (%s)", [[waiting.pk, loaded.pk]],
        )  # fmt: skip
    call_command("worker", "--once")
    with whole() as connection:
        assert [traces(connection, name) for name in ("Waiting", "Wrong", "Fresh")] == [[], [], ["imports_upload"]]
        lines = connection.execute("SELECT owner, detail FROM ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id"
                                   " WHERE what = 'import.expired'").fetchall()  # fmt: skip
        assert lines == [(PRISON, {"upload": str(waiting.pk)})]
    with officer() as by:
        with pytest.raises(Refused, match="waited longer than seven days"):
            actions.discard(waiting, by=by)
        with pytest.raises(Refused, match="were kept for seven days and deleted"):
            actions.fetch_wrong_rows(loaded, by=by)
        assert confirmed(fresh, by=by).confirmed_by == by


def test_a_file_may_be_larger_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "BATCH", 2)
    with officer() as by:
        assert bring_in(*[person(f"A-{at}") for at in range(5)], by=by).counts["new"] == 5
        changed = [person(f"A-{at}", family_name=f"Other {at}", establishment=KESTREL) for at in range(5)]
        again = bring_in(*changed, by=by)
        assert (again.counts["changed"], again.counts["transfers"]) == (5, 5)
