"""What a person asks under their rights stays with the organisation that answers, whatever an agreement gives."""

# ruff: noqa: E501 - pieces of SQL with names of ours

from collections.abc import Callable

import psycopg
import pytest

from concordat.access.tests.test_pitfalls import Connection, asking, count
from concordat.access.tests.test_pitfalls import superuser as superuser  # noqa: PLC0414 - a fixture
from concordat.core.codes import Category
from concordat.demo.world import LANTERN, PRISON, named

GIVEN = (
    "INSERT INTO access_keys (recipient, purpose, role, form, condition, valid, keys)"
    " SELECT %s, 'intervention', 'coordinator', 'full', c, tstzrange(NULL, NULL), ARRAY[%s, %s] FROM unnest('{any,none}'::text[]) AS c"
)


@pytest.fixture
def app(own_database: str, dsn: Callable[[str], str], superuser: Connection) -> Callable[[], Connection]:
    """Give Lantern's coordinator, assigned to the case, everything of the prison in needs and in requests."""
    assert own_database
    keys = [PRISON * 64 + Category.P36, PRISON * 64 + Category.P09]
    superuser.execute(GIVEN, [LANTERN, *keys])
    superuser.execute(
        "INSERT INTO cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, created_by_id)"
        " VALUES (gen_random_uuid(), %s, %s, %s, 'custody', now(), %s)",
        [LANTERN, named("civil_case"), named("cora"), named("cora")],
    )
    superuser.execute(
        'INSERT INTO cases_rightsrequest (id, owner_id, case_id, created_at, created_by_id, "right", words, route, asked_on, due_on)'
        " VALUES (gen_random_uuid(), %s, %s, now(), %s, 'access', 'x', 'x', '2026-01-31', '2099-01-01')",
        [PRISON, named("case"), named("dora")],
    )
    return lambda: psycopg.connect(dsn("concordat_app"), autocommit=True)


@pytest.mark.requirement("ISP-18")
def test_no_agreement_gives_what_a_person_asked(app: Callable[[], Connection]) -> None:
    with app() as connection:
        with asking(connection, "dora"):
            assert count(connection, "cases_rightsrequest WHERE due_on = '2026-02-28'") == 1
        with asking(connection, "cora"):
            assert count(connection, "cases_fullrecord WHERE owner_id = 1") == 1  # the agreement does give needs
            assert count(connection, "cases_rightsrequest") == 0
