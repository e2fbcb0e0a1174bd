"""A restored copy of a working country starts closed, and opens when a signatory of each side has confirmed."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from concordat.core.codes import Purpose
from concordat.core.postgres.roles import create_database
from concordat.core.testing import throwaway
from concordat.core.testing.browser import external
from concordat.demo.world import PEOPLE, named
from concordat.ledger.context import Actor, sign

SIGNED_IN = """
INSERT INTO people_session (id, key_hash, data, user_agent, created_at, last_seen_at, expires_at)
VALUES (gen_random_uuid(), 'of somebody', 'sealed', '', now(), now(), now() + interval '1 hour')
"""


@pytest.fixture(scope="module")
def source(template_database: Path) -> Iterator[str]:
    """Give the name of a database with the world in it and somebody signed in."""
    with throwaway.copy_of_template(template_database, "source") as name:
        with psycopg.connect(throwaway.cluster(template_database).dsn("concordat_signin", name)) as signin:
            signin.execute(SIGNED_IN)
        yield name


@pytest.fixture(scope="module")
def copy(template_database: Path, source: str, state_folder: Path) -> Iterator[str]:
    """Back that one up and restore it into an empty one on the same server; give the name of the copy."""
    server, name, file = throwaway.cluster(template_database), f"restored_{secrets.token_hex(4)}", state_folder / "dump"
    with psycopg.connect(server.dsn("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(create_database(name).encode())
        server.open_database(name)
        run(external(template_database, source), "backup", "--plain", str(file))
        run(external(template_database, name), "restore", str(file))
        yield name
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def command(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-m", "concordat", *arguments]
    return subprocess.run(asked, env=os.environ | environment, capture_output=True, text=True, check=False)


def run(environment: dict[str, str], *arguments: str) -> str:
    done = command(environment, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def act(connection: psycopg.Connection[Any], name: str, *, level: int = 1) -> None:
    """Act as somebody for the rest of the transaction."""
    actor = Actor(named(name), PEOPLE[name].organisation, named(f"user:{name}"), Purpose.INTERVENTION, level)
    token = sign(actor, process=connection.info.backend_pid, key=settings.CONTEXT_KEY.encode())
    connection.execute("SELECT set_config('concordat.context', %s, true)", [token])


def cases_of_the_mentor(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        act(connection, "nadia")
        row = connection.execute("SELECT count(*) FROM cases_case").fetchone()
    assert row is not None
    return int(row[0])


def confirm(dsn: str, signatory: str) -> int:
    """Confirm as a signatory, with the second factor just given; return how many closures that ends."""
    with psycopg.connect(dsn) as connection:
        act(connection, signatory, level=2)
        done = connection.execute(
            "UPDATE agreements_closure SET confirmed_at = now(), confirmed_by_id = %s WHERE confirmed_at IS NULL",
            [named(signatory)],
        )
    return done.rowcount


def test_it_opens_when_both_sides_have_confirmed(template_database: Path, source: str, copy: str) -> None:
    server = throwaway.cluster(template_database)
    before, after = (server.dsn("concordat_app", name) for name in (source, copy))
    assert cases_of_the_mentor(before) == 2
    assert cases_of_the_mentor(after) == 1  # what the own organisation holds
    assert confirm(after, "helen") == 1
    assert cases_of_the_mentor(after) == 1
    assert confirm(after, "ruth") == 1
    assert cases_of_the_mentor(after) == 2


def test_its_log_is_whole_and_says_that_it_was_restored(template_database: Path, copy: str) -> None:
    assert "every leaf and every place holds" in run(external(template_database, copy), "verify-log")
    with psycopg.connect(throwaway.cluster(template_database).dsn("concordat_backup", copy)) as reader:
        row = reader.execute("SELECT what FROM ledger_entry ORDER BY at DESC LIMIT 1").fetchone()
    assert row == ("restored",)


def test_a_copy_that_is_older_than_what_a_partner_holds_says_so(
    template_database: Path, source: str, copy: str, tmp_path: Path
) -> None:
    """After the backup the log went on, and a partner signed. The copy cannot know that; the partner's file does."""
    server, kept = throwaway.cluster(template_database), tmp_path / "kept.txt"
    with psycopg.connect(server.dsn("postgres", source)) as later:
        for _ in range(20):
            later.execute("SELECT ledger.append('change', 'later', NULL, '[]')")
    run(external(template_database, source), "worker", "--once")
    with psycopg.connect(server.dsn("concordat_backup", source)) as reader:
        row = reader.execute("SELECT note, size FROM ledger_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    assert row
    kept.write_text(row[0], encoding="utf-8")
    there = run(external(template_database, source), "verify-log", "--against", str(kept))
    assert "every leaf and every place holds" in there
    run(external(template_database, copy), "worker", "--once")  # the tree of the copy goes on by itself
    assert "Signed up to place" in run(external(template_database, copy), "verify-log")
    done = command(external(template_database, copy), "verify-log", "--against", str(kept))
    assert done.returncode == 1
    assert f"ROLL-BACK: {kept} was signed on" in done.stdout
    assert "this is a restored copy that is older" in done.stdout


def test_nobody_is_signed_in_to_it(template_database: Path, source: str, copy: str) -> None:
    server = throwaway.cluster(template_database)
    for name, sessions in ((source, 1), (copy, 0)):
        with psycopg.connect(server.dsn("concordat_signin", name)) as signin:
            assert signin.execute("SELECT count(*) FROM people_session").fetchone() == (sessions,)
