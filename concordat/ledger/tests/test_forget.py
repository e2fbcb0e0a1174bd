"""What a retention period ends for goes out of the log, and the proof of its lines stays."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger import checkpoints, log

from .conftest import Connection, first, tamper, write

FORGET = "SELECT ledger.forget(%s)"


@pytest.fixture
def forgotten(superuser: Connection) -> tuple[Connection, list[Any]]:
    """Write about two cases, forget one; give what the leaves were before."""
    write(3, words="what was read")
    with acting("nadia"):
        log.record("tried", owner=LANTERN, case=named("civil_case"), categories=[18])
    checkpoints.place_lines()
    before = superuser.execute("SELECT entry, body, leaf FROM ledger_leaf ORDER BY position").fetchall()
    assert first(superuser, FORGET, named("case")) == 3
    return superuser, before


def test_the_text_goes_and_the_proof_stays(forgotten: tuple[Connection, list[Any]]) -> None:
    superuser, before = forgotten
    gone = "SELECT count(*) FROM ledger_subject WHERE \"case\" = %s OR detail::text LIKE '%%what was read%%'"
    assert first(superuser, gone, named("case")) == 0
    assert first(superuser, 'SELECT count(*) FROM ledger_subject WHERE "case" = %s', named("civil_case")) == 1
    after = superuser.execute("SELECT entry, body, leaf FROM ledger_leaf ORDER BY position").fetchall()
    assert after[: len(before)] == before
    assert not [body for _entry, body, _leaf in before if str(named("case")) in body or "what was read" in body]
    superuser.execute("SELECT ledger.sequence()")
    assert superuser.execute("SELECT * FROM ledger.verify()").fetchall() == []


def test_the_log_says_so_to_the_owner_without_the_case(forgotten: tuple[Connection, list[Any]]) -> None:
    superuser, _before = forgotten
    told = superuser.execute(
        'SELECT s.owner, s."case", s.detail FROM ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id '
        "WHERE e.what = 'log.forgotten'"
    ).fetchall()
    assert told == [(PRISON, None, {"parts": 3})]


def test_what_is_written_into_an_emptied_part_is_found(forgotten: tuple[Connection, list[Any]]) -> None:
    superuser, _before = forgotten
    tamper(superuser, "UPDATE ledger_subject SET detail = '{\"a\": 1}' WHERE salt IS NULL")
    assert "the line was changed" in {row[1] for row in superuser.execute("SELECT * FROM ledger.verify()").fetchall()}


def test_two_lines_about_the_same_have_different_commitments(superuser: Connection) -> None:
    """Without salt, whoever holds the proof could try out which of some hundred cases it was."""
    for _ in range(2):
        with acting("pat"):
            log.record("tried", owner=PRISON, case=named("case"), categories=[9])
    assert first(superuser, "SELECT count(DISTINCT commitment) FROM ledger_subject WHERE detail = '{}'") == 2


@pytest.mark.parametrize(
    "change",
    ["detail = '{}'", "salt = NULL", "commitment = NULL", "owner = 1, salt = NULL", '"case" = gen_random_uuid()'],
)  # fmt: skip
def test_the_owner_takes_out_everything_or_nothing(own_database: str, dsn: Callable[[str], str], change: str) -> None:
    write(1)
    with psycopg.connect(dsn("concordat_owner")) as owner, pytest.raises(psycopg.errors.RaiseException):
        owner.execute(f"UPDATE ledger_subject SET {change}".encode())  # noqa: S608 - the changes stand above
    assert own_database


def test_forgetting_what_nobody_wrote_about_touches_nothing(superuser: Connection) -> None:
    write(1)
    assert first(superuser, FORGET, uuid4()) == 0
    assert first(superuser, 'SELECT count(*) FROM ledger_subject WHERE "case" = %s', named("case")) == 1
