"""`concordat why`: what the operator is told never depends on a case, and stands in the log."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from concordat.core.testing import plugin, throwaway
from concordat.core.testing.browser import external
from concordat.demo.world import named
from concordat.people import actions

Why = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def superuser(own_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as connection:
        yield connection


@pytest.fixture
def why(own_database: str, template_database: Path, superuser: psycopg.Connection) -> Why:
    """Return how the operator asks, on a copy in which Nadia and Pat can sign in."""
    for order, name in enumerate(("nadia", "pat", "adam")):
        actions.make_persona(named(f"user:{name}"), email=f"{name}@example.org", order=order, story="")

    def ask(user: str, case: UUID | str, category: str = "P09", *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "concordat", "why", f"{user}@example.org", str(case), category, *more]
        environment = os.environ | external(template_database, own_database)
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    return ask


def test_a_case_of_ones_own_a_hidden_one_and_none_are_answered_alike(why: Why) -> None:
    asked = [why("nadia", case) for case in (named("civil_case"), named("case"), uuid4())]
    assert {(one.returncode, one.stdout, one.stderr) for one in asked} == {(0, asked[0].stdout, "")}
    assert "Lantern Mentoring, Mentor, from Prison Service:" in asked[0].stdout
    assert "nothing stands in the way up to here (Summary)" in asked[0].stdout
    assert "Whether there is such a case" in asked[0].stdout


def test_each_answer_names_what_is_missing_first(why: Why, superuser: psycopg.Connection) -> None:
    purpose = ("--purpose", "intervention")
    assert "no rule in force gives it" in why("nadia", uuid4(), "P08", *purpose).stdout
    assert "no agreement can open this" in why("nadia", uuid4(), "P29", *purpose).stdout
    superuser.execute("UPDATE people_clearance SET valid_until = now() WHERE membership_id = %s", [named("nadia")])
    assert "clearance or a course" in why("nadia", uuid4(), "P09", *purpose).stdout
    assert "up to here" in why("nadia", uuid4(), "P09", *purpose, "--at", "2026-01-05T10:00").stdout
    superuser.execute(
        "INSERT INTO agreements_ending (id, agreement_id, organisation_id, ground, reason, at, created_by_id)"
        " VALUES (gen_random_uuid(), %s, 1, 'breach', 'x', now(), %s)",
        [named("framework"), named("helen")],
    )
    assert "no framework agreement is in force" in why("nadia", uuid4(), "P09", *purpose).stdout


def test_asking_stands_in_the_log_of_the_organisation_that_was_asked_about(
    why: Why, superuser: psycopg.Connection
) -> None:
    case = uuid4()
    assert why("nadia", case).returncode == 0
    assert why("nobody", case).returncode == 1
    rows = superuser.execute(
        "SELECT s.owner, s.\"case\", s.detail ->> 'asked'"
        "  FROM ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id WHERE e.what = 'why.asked' ORDER BY s.owner"
    ).fetchall()
    assert rows == [(0, None, str(case)), (3, None, str(case))]


def test_the_application_cannot_ask_so(own_database: str, dsn: Callable[[str], str]) -> None:
    assert own_database
    with psycopg.connect(dsn("concordat_app")) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT access.why_told('', NULL, 9::smallint, '{}', now())")
