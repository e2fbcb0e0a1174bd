"""What the tables of delivery refuse where two requests race and no rule and no trigger sees the other."""

from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from concordat.demo.world import LANTERN, named

INSERT = """
    INSERT INTO referrals_session (id, owner_id, case_id, created_by_id, created_at, link_id, worker_id, starts_at,
                                   minutes, held, cause, entered_later)
    VALUES (%(id)s, %(owner)s, %(case)s, %(worker)s, now(), %(link)s, %(worker)s, %(at)s, 50, true, '', false)
"""


@pytest.fixture
def owner(own_database: str, owner_dsn: str) -> psycopg.Connection:
    """Return the owner, with the triggers of sessions switched off."""
    connection = psycopg.connect(owner_dsn)
    connection.execute("ALTER TABLE referrals_session DISABLE TRIGGER USER")
    return connection


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"at": "2026-03-09 14:49+00", "worker": named("max")}, "session_is_one_at_a_time"),
        ({"at": "2026-03-09 14:49+00", "case": named("case")}, "worker_is_in_one_session_at_a_time"),
    ],
)
def test_neither_a_person_nor_a_worker_is_in_two_sessions_at_once(
    owner: psycopg.Connection,
    changes: dict[str, object],
    constraint: str,
) -> None:
    first = {
        "owner": LANTERN,
        "case": named("civil_case"),
        "link": named("link"),
        "worker": named("nadia"),
        "at": "2026-03-09 14:00+00",
    }
    with owner:
        owner.execute(INSERT, {**first, "id": uuid4()})
        owner.execute(INSERT, {**first, "id": uuid4(), "at": "2026-03-09 14:50+00"})  # one after the other is fine
        with pytest.raises(errors.ExclusionViolation) as stopped:
            owner.execute(INSERT, {**first, "id": uuid4(), **changes})
        assert stopped.value.diag.constraint_name == constraint
