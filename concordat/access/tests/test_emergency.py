"""Emergency access tried through SQL: it ends at its instant, opens no sealed category, and no list that is written later."""

# ruff: noqa: E501 - pieces of SQL with names of ours

from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg
import pytest
from psycopg import errors

from concordat.access.tests.test_pitfalls import Connection, asking, count
from concordat.access.tests.test_pitfalls import superuser as superuser  # noqa: PLC0414 - a fixture
from concordat.access.tests.test_restricted import LIST
from concordat.demo.world import LANTERN, PRISON, named

CASE = named("case")
OPEN = (
    "INSERT INTO emergency_request (id, owner_id, asked_by_id, asked_at, reference, ground, words, hours, case_id, opened_at,"
    " opened_by_id, ends_at) VALUES (gen_random_uuid(), %s, %s, now() - interval '3 hours', 'A-1001', 'other', 'x', 4, %s,"
    " now() - interval '2 hours', %s, now() + %s::interval) RETURNING id"
)


def opened(
    superuser: Connection, name: str = "cass", case: UUID = CASE, ends: str = "2 hours", owner: int = PRISON
) -> UUID:
    row = superuser.execute(OPEN, [owner, named(name), case, named("pat"), ends]).fetchone()
    assert row
    return UUID(str(row[0]))


@pytest.fixture
def app(own_database: str, dsn: Callable[[str], str]) -> Iterator[Connection]:
    assert own_database
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as connection:
        yield connection


@pytest.mark.requirement("PP-22")
def test_it_ends_by_itself_also_for_a_transaction_that_is_open_across_it(
    app: Connection, superuser: Connection
) -> None:
    opened(superuser, ends="1 second")
    with asking(app, "cass"):
        assert count(app) == 1
        app.execute("SELECT pg_sleep(1.1)")
        assert count(app) == 0


def test_it_is_nobody_elses_nor_for_another_case(app: Connection, superuser: Connection) -> None:
    opened(superuser, "max", named("civil_case"), owner=LANTERN)
    with asking(app, "cass"):
        assert count(app) == 0
    with asking(app, "max"):
        assert count(app) == 1


def test_a_row_of_another_organisations_case_opens_nothing(app: Connection, superuser: Connection) -> None:
    opened(superuser, "max", CASE, owner=PRISON)
    with asking(app, "max"):
        assert count(app) == 0


def test_a_leaver_and_a_restored_copy_are_closed(app: Connection, superuser: Connection) -> None:
    opened(superuser)
    superuser.execute(
        "INSERT INTO agreements_closure (id, organisation_id, at) VALUES (gen_random_uuid(), %s, now())", [PRISON]
    )
    with asking(app, "cass"):
        assert count(app) == 0
    superuser.execute("DELETE FROM agreements_closure")
    superuser.execute("UPDATE people_membership SET valid_until = now() WHERE id = %s", [named("cass")])
    with asking(app, "cass"):
        assert count(app) == 0


@pytest.mark.requirement("PP-22")
def test_it_opens_a_list_that_stood_and_not_one_that_is_written_later(app: Connection, superuser: Connection) -> None:
    superuser.execute(
        LIST.replace("now(), %s)", "now() - interval '1 day', %s)"),
        [PRISON, CASE, [named("pat"), named("sef")], named("pat")],
    )
    with asking(app, "dora"):
        assert count(app) == 0
    opened(superuser, "dora")
    with asking(app, "dora"):
        assert count(app) == 1
    superuser.execute("UPDATE cases_allowlist SET starts_at = now()")
    with asking(app, "dora"):
        assert count(app) == 0


def test_a_partners_list_stays_closed(app: Connection, superuser: Connection) -> None:
    opened(superuser, "max", named("civil_case"), owner=LANTERN)
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "UPDATE people_clearance SET membership_id = %s WHERE membership_id = %s", [named("max"), named("nadia")]
    )
    superuser.execute(
        "UPDATE people_training SET membership_id = %s WHERE membership_id = %s", [named("max"), named("nadia")]
    )
    with asking(app, "max"):
        assert count(app) == 2
        assert count(app, "cases_summaryrecord") == 3
    superuser.execute(LIST, [PRISON, CASE, [named("pat"), named("sef")], named("pat")])
    with asking(app, "max"):
        assert count(app) == 1


@pytest.mark.requirement("PP-22")
def test_it_opens_no_sealed_category(app: Connection, superuser: Connection) -> None:
    superuser.execute("UPDATE access_roleright SET readable = (1::bigint << 56) - 1")
    superuser.execute("UPDATE cases_fullrecord SET category = 40 WHERE category = 9")
    opened(superuser)
    with asking(app, "cass"):
        assert count(app, "cases_fullrecord") == 1
    with asking(app, "pat"):
        assert count(app, "cases_fullrecord") == 2


@pytest.mark.requirement("PP-22")
def test_everything_about_a_case_is_read_and_not_changed_in_it(app: Connection) -> None:
    """Every table that is about a case and may be written; the few that are not, each with its reason."""
    spared = {
        "emergency_request": "ending it", "cases_conflict": "a conflict of one's own",
    }  # fmt: skip
    rows = app.execute(
        """SELECT c.relname, v.verb FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('case_id', 'authority_case_id')
             CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) AS v (verb)
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
              AND CASE v.verb WHEN 'DELETE' THEN has_table_privilege(c.oid, 'DELETE') ELSE has_any_column_privilege(c.oid, v.verb) END
              AND NOT EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND p.cmd = v.verb
                                 AND p.permissive = 'RESTRICTIVE' AND p.policyname LIKE '%%\\_emergency')"""
    ).fetchall()
    assert {str(table) for table, _verb in rows} - set(spared) == set()
    parts = app.execute(
        """SELECT tablename FROM pg_policies WHERE policyname = 'insert_with_whole' EXCEPT
           SELECT tablename FROM pg_policies WHERE policyname = 'insert_emergency'"""
    ).fetchall()
    assert parts == []


def test_no_case_of_somebody_else_is_written_into_a_request(app: Connection, superuser: Connection) -> None:
    asked = "INSERT INTO emergency_request (id, owner_id, asked_by_id, asked_at, reference, ground, words, hours{more}) VALUES (gen_random_uuid(), %s, %s, now(), 'A-1001', 'other', 'x', 4{values})"
    whole = asked.format(
        more=", case_id, opened_at, opened_by_id, ends_at", values=", %s, now(), %s, now() + interval '1 hour'"
    )
    with pytest.raises(errors.InsufficientPrivilege), asking(app, "cass"):
        app.execute(whole.encode(), [PRISON, named("cass"), CASE, named("dora")])
    with pytest.raises(errors.InsufficientPrivilege), asking(app, "max"):
        app.execute(asked.format(more="", values="").encode(), [PRISON, named("max")])
    superuser.execute(
        asked.format(more="", values="").replace("now(), 'A", "now() - interval '25 hours', 'A").encode(),
        [PRISON, named("cass")],
    )
    with pytest.raises(errors.CheckViolation) as refused, asking(app, "dora", level=2):
        app.execute("UPDATE emergency_request SET case_id = %s, opened_by_id = %s", [CASE, named("dora")])
    assert refused.value.diag.constraint_name == "emergency_is_answered_within_a_day"
