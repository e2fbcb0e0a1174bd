"""A line names its author by itself, is written once, and a changed or missing one is found."""

from collections.abc import Callable

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger import log
from concordat.ledger.models import Entry, Subject

from .conftest import Connection, tamper


def faults(superuser: Connection) -> list[tuple[int | None, str]]:
    superuser.execute("SELECT ledger.sequence()")
    return superuser.execute("SELECT place, fault FROM ledger.verify() ORDER BY 1, 2").fetchall()


def write_three() -> None:
    for _ in range(3):
        with acting("pat"):
            log.record("tried", owner=PRISON, case=named("case"), categories=[9])


def test_an_untouched_log_holds(superuser: Connection) -> None:
    write_three()
    assert faults(superuser) == []


def test_the_author_comes_from_the_context_not_from_the_caller(superuser: Connection) -> None:
    with acting("nadia"):
        log.record("tried", owner=LANTERN)
    row = superuser.execute(
        "SELECT membership, organisation, purpose FROM ledger_entry WHERE what = 'tried'"
    ).fetchone()
    assert row == (named("nadia"), LANTERN, "intervention")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE ledger_entry SET what = 'other' WHERE what = 'tried'", "the line was changed"),
        ("UPDATE ledger_entry SET at = at - interval '1 day' WHERE what = 'tried'", "the line was changed"),
        ("UPDATE ledger_subject SET categories = '{1}'", "the line was changed"),
        ("DELETE FROM ledger_subject", "the line was changed"),
        ("DELETE FROM ledger_entry WHERE what = 'tried'", "the line was changed"),
        ("DELETE FROM ledger_leaf WHERE position = (SELECT max(position) - 1 FROM ledger_leaf)", "a line is missing"),
        ("UPDATE ledger_leaf SET body = '{}' WHERE position = 2", "the line was changed"),
        (
            "INSERT INTO ledger_entry (id, at, kind, what, purpose) VALUES (gen_random_uuid(), now(), 'read', 'x', '')",
            "a line has no leaf",
        ),
    ],
)
def test_what_was_tampered_with_is_found(superuser: Connection, statement: str, fault: str) -> None:
    write_three()
    assert faults(superuser) == []
    tamper(superuser, statement)
    assert fault in {sentence for _, sentence in faults(superuser)}


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET what = 'x'", "DELETE FROM ledger_subject", "DELETE FROM ledger_leaf",
                  "UPDATE ledger_leaf SET body = 'x'", "TRUNCATE ledger_entry CASCADE"],
)  # fmt: skip
def test_lines_are_written_once_also_for_the_owner(
    own_database: str, dsn: Callable[[str], str], statement: str
) -> None:
    write_three()
    with psycopg.connect(dsn("concordat_owner")) as owner, pytest.raises(psycopg.errors.RaiseException):
        owner.execute(statement.encode())
    assert own_database


def test_a_line_that_rolls_back_leaves_no_gap(superuser: Connection) -> None:
    write_three()
    with acting("pat"):
        log.record("undone", owner=PRISON)
        transaction.set_rollback(True)
    write_three()
    assert faults(superuser) == []


def test_verify_log_says_so_in_words(
    superuser: Connection, as_owner: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    write_three()
    as_owner()
    call_command("verify_log")
    assert "every leaf and every place holds" in capsys.readouterr().out
    tamper(superuser, "UPDATE ledger_entry SET what = 'other' WHERE what = 'tried'")
    with pytest.raises(CommandError, match="faults"):
        call_command("verify_log")


@pytest.mark.django_db
@pytest.mark.requirement("PP-3", "ISP-22")
def test_the_owner_of_the_records_sees_who_read_them_and_the_reader_does_not() -> None:
    with acting("nadia"):
        log.record_read("cases:detail", {(PRISON, named("case")): {7, 9}, (LANTERN, named("civil_case")): {18}})
    with acting("dora", purpose="administration"):
        lines = Entry.objects.filter(subjects__case=named("case"), what="cases:detail")
        assert [line.organisation for line in lines] == [LANTERN]
        assert {subject.owner for subject in Subject.objects.all()} == {PRISON}
    with acting("otto"):
        assert not Entry.objects.exists()
    with acting("helen"):  # a signatory reads agreements, not the log of a case
        assert not Entry.objects.exists()


@pytest.mark.django_db
def test_without_a_context_there_is_no_line() -> None:
    with pytest.raises(DatabaseError):
        log.record("tried", owner=PRISON)
