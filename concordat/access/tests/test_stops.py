"""What is no longer used on a person's request, tried through SQL."""

from collections.abc import Callable

import psycopg
import pytest

from concordat.access.tests.test_pitfalls import Connection, asking, count
from concordat.access.tests.test_pitfalls import superuser as superuser  # noqa: PLC0414 - a fixture
from concordat.core.codes import Category
from concordat.demo.world import PRISON, named

STOP = """INSERT INTO cases_usestop (id, owner_id, case_id, request_id, category, starts_at, created_by_id)
    SELECT gen_random_uuid(), %s, %s, gen_random_uuid(), %s, now(), %s"""
CELL = """INSERT INTO agreements_mandatecell (id, mandate_id, category, form, purpose)
    SELECT gen_random_uuid(), id, %s, 'full', 'intervention' FROM agreements_mandate"""
REGIME = Category.P06


@pytest.mark.requirement("PP-18")
def test_a_body_that_monitors_by_statute_still_reads_it(
    own_database: str, dsn: Callable[[str], str], superuser: Connection
) -> None:
    assert own_database
    superuser.execute(CELL, [REGIME])
    superuser.execute("SET session_replication_role = replica")  # no request of a person stands behind it here
    superuser.execute("UPDATE cases_fullrecord SET category = %s WHERE category = 9", [REGIME])
    superuser.execute(STOP, [PRISON, named("case"), REGIME, named("pat")])
    superuser.execute("RESET session_replication_role")
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as app:
        assert seen_by(app, "pat") == 1
        assert seen_by(app, "sef") == 0
        assert seen_by(app, "omar") == 1
        superuser.execute("UPDATE organisations_organisation SET monitoring = false WHERE id = 6")
        assert seen_by(app, "omar") == 0
        superuser.execute("DELETE FROM cases_usestop")
        assert seen_by(app, "sef") == seen_by(app, "omar") == 1


def seen_by(app: Connection, name: str) -> int:
    with asking(app, name):
        return count(app, f"cases_fullrecord WHERE category = {REGIME}")
