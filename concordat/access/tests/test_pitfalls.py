"""What goes wrong under row security, each tried through SQL as the application role: it does not work here."""

# ruff: noqa: E501, S608 - pieces of SQL with names of ours

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg import errors

from concordat.core.codes import Purpose
from concordat.core.testing import plugin, throwaway
from concordat.demo.world import LANTERN, PEOPLE, PRISON, named
from concordat.ledger.context import Actor, sign

Connection = psycopg.Connection[Any]


def token(connection: Connection, name: str, **changed: Any) -> str:  # noqa: ANN401 - the arguments of `sign`
    actor = Actor(
        named(name), PEOPLE[name].organisation, named(f"user:{name}"), Purpose.INTERVENTION, changed.pop("level", 1)
    )
    how = {"process": connection.info.backend_pid, "key": settings.CONTEXT_KEY.encode(), **changed}
    return sign(actor, **how)


@contextmanager
def asking(connection: Connection, name: str, *, level: int = 1) -> Iterator[Connection]:
    """Act in a transaction that is undone at the end."""
    with connection.transaction(force_rollback=True):
        connection.execute("SELECT set_config('concordat.context', %s, true)", [token(connection, name, level=level)])
        yield connection


def count(connection: Connection, table: str = "cases_case") -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row
    return int(row[0])


@pytest.fixture
def app(dsn: Callable[[str], str]) -> Iterator[Connection]:
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def superuser(own_database: str) -> Iterator[Connection]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as connection:
        yield connection


# ---- the context -------------------------------------------------------------------------------------------------


def test_a_genuine_context_opens(app: Connection) -> None:
    with asking(app, "nadia"):
        assert count(app) == 2


def test_a_missing_context_opens_nothing(app: Connection) -> None:
    assert count(app) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.replace(str(LANTERN), str(PRISON), 1),
        lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"),
        lambda t: t.rsplit("|", 1)[0],
        lambda _: "x|y",
        lambda t: t.replace("intervention", "oversight"),
    ],
)
def test_a_forged_context_opens_nothing(app: Connection, spoil: Callable[[str], str]) -> None:
    with app.transaction():
        app.execute("SELECT set_config('concordat.context', %s, true)", [spoil(token(app, "nadia"))])
        assert count(app) == 0


def test_a_context_signed_with_another_key_opens_nothing(app: Connection) -> None:
    with app.transaction():
        app.execute("SELECT set_config('concordat.context', %s, true)", [token(app, "nadia", key=b"another key")])
        assert count(app) == 0


def test_an_expired_context_opens_nothing(app: Connection) -> None:
    with app.transaction():
        late = token(app, "nadia", expires=int(time.time()) - 1)
        app.execute("SELECT set_config('concordat.context', %s, true)", [late])
        assert count(app) == 0


def test_a_stolen_context_is_worth_nothing_on_another_connection(app: Connection, dsn: Callable[[str], str]) -> None:
    stolen = token(app, "nadia")
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as thief, thief.transaction():
        thief.execute("SELECT set_config('concordat.context', %s, true)", [stolen])
        assert count(thief) == 0


def test_a_context_cannot_be_read_in_the_list_of_statements(app: Connection, dsn: Callable[[str], str]) -> None:
    secret = token(app, "nadia")
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as spy, app.transaction():
        app.execute("SELECT set_config('concordat.context', %s, true)", [secret])
        row = spy.execute("SELECT string_agg(query, '') FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchone()
        assert row
        assert "set_config" in row[0]
        assert secret not in row[0]


def test_a_context_ends_with_its_transaction(app: Connection) -> None:
    with asking(app, "nadia"):
        assert count(app) == 2
    assert count(app) == 0


def test_the_time_zone_of_the_session_shifts_nothing(app: Connection) -> None:
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        with asking(app, "nadia"):
            app.execute(f"SET LOCAL timezone = '{zone}'".encode())
            assert count(app) == 2


def test_a_clock_set_back_reopens_nothing(own_database: str, superuser: Connection, dsn: Callable[[str], str]) -> None:
    """The newest line of the log is ahead of the server's clock: policies go by the line."""
    ahead = "SELECT statement_timestamp() + interval '1 day'"
    superuser.execute(
        f"INSERT INTO ledger_entry (id, at, kind, what, purpose) VALUES (gen_random_uuid(), ({ahead}), 'read', 'x', '')".encode()
    )
    superuser.execute(
        "UPDATE cases_participation SET withdrawn_at = statement_timestamp() + interval '1 hour', withdrawn_by_route = 'said'"
    )
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as late, asking(late, "pat"):
        assert count(late, "referrals_goalset") == 0
    assert own_database


def test_the_search_path_does_not_matter(app: Connection) -> None:
    with asking(app, "nadia"):
        app.execute("SET LOCAL search_path = pg_temp")
        assert count(app, "public.cases_case") == 2


@pytest.mark.parametrize("purpose", ["reintegration", "administration", "nothing"])
def test_another_purpose_opens_nothing_of_others(app: Connection, purpose: str) -> None:
    actor = Actor(named("nadia"), LANTERN, named("user:nadia"), purpose, 1)
    with app.transaction():
        signed = sign(actor, process=app.info.backend_pid, key=settings.CONTEXT_KEY.encode())
        app.execute("SELECT set_config('concordat.context', %s, true)", [signed])
        assert count(app) == 1  # its own case only


# ---- what the application role cannot do -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM ledger_key",
        "SELECT * FROM ledger_leaf",
        "SELECT * FROM access_keys",
        "SELECT * FROM access_grant",
        "UPDATE access_keys SET keys = '{}'",
        "INSERT INTO access_terms (recipient) VALUES (5)",
        "UPDATE access_roleright SET readable = -1",
        "UPDATE agreements_version SET hash = 'x' WHERE false; UPDATE agreements_signature SET signed_at = now()",
        "DELETE FROM agreements_suspension",
        "DELETE FROM agreements_prohibition; DELETE FROM cases_restriction",
        "DELETE FROM cases_fullrecord",
        "TRUNCATE cases_case",
        "SET ROLE concordat_owner",
        "CREATE TABLE t (a int)",
        "CREATE TEMP TABLE ledger_key (a int)",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "SELECT access.compile_recipient(5)",
        "SELECT access.first_missing(gen_random_uuid(), 1, 7::smallint, 'full')",
        "SELECT access.close_after_restore()",
        "SELECT ledger.append('read', 'x', NULL, '[]')",
        "SELECT ledger.write_signin('x', gen_random_uuid())",
        "INSERT INTO ledger_entry (id) VALUES (gen_random_uuid())",
        "UPDATE ledger_entry SET what = 'x'",
        "DELETE FROM ledger_subject",
        "CREATE OR REPLACE FUNCTION ledger.clock() RETURNS timestamptz LANGUAGE sql AS $$ SELECT now() $$",
        "UPDATE cases_fullrecord SET category = 9",
        "UPDATE cases_fullrecord SET owner_id = 5",
        "UPDATE cases_fullrecord SET case_id = gen_random_uuid()",
        "UPDATE cases_assignment SET membership_id = gen_random_uuid()",
        "UPDATE cases_link SET authority_case_id = gen_random_uuid()",
        "UPDATE people_membership SET user_id = gen_random_uuid()",
        "SET row_security = off; SELECT * FROM cases_case",
        "SELECT password FROM people_user",
        "SELECT key_hash FROM people_session",
    ],
)
def test_injected_sql_cannot_widen_what_is_seen(app: Connection, statement: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege), asking(app, "otto"):
        app.execute(statement.encode())


def test_a_log_line_needs_a_context(app: Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute("SELECT ledger.write('read', 'x', '[]')")


# ---- writing -----------------------------------------------------------------------------------------------------

NEW_RECORD = (
    "INSERT INTO cases_fullrecord (id, owner_id, case_id, created_at, created_by_id, category, title, text, about_on, source, "
    "is_opinion) VALUES (%s, %s, %s, now(), %s, %s, 'x', 'x', now(), '', false)"
)


def write(connection: Connection, by: str, *, owner: int, case: str, category: int, suffix: str = "") -> int:
    values = [uuid4(), owner, named(case), named(by), category]
    with asking(connection, by):
        return connection.execute((NEW_RECORD + suffix).encode(), values).rowcount


def test_one_writes_as_ones_own_organisation(app: Connection) -> None:
    assert write(app, "pat", owner=PRISON, case="case", category=9) == 1


@pytest.mark.parametrize(
    ("by", "owner", "case", "category"),
    [
        ("nadia", PRISON, "case", 9),  # as another organisation
        ("nadia", LANTERN, "case", 18),  # on another organisation's case
        ("nadia", LANTERN, "civil_case", 8),  # a category that the role does not write
        ("max", LANTERN, "civil_case", 18),  # a case one is not assigned to
        ("otto", 5, "civil_case", 18),  # a stranger
        ("pat", PRISON, "case", 26),  # monitoring interviews, by somebody else than a monitor
    ],
)
def test_writing_elsewhere_is_refused(app: Connection, by: str, owner: int, case: str, category: int) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        write(app, by, owner=owner, case=case, category=category)


@pytest.mark.requirement("PP-4", "PP-10", "ISP-10")
@pytest.mark.parametrize("category", [20, 33])
def test_what_may_not_be_stored_is_refused_by_the_table_itself(owner_dsn: str, category: int) -> None:
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("ALTER TABLE cases_fullrecord NO FORCE ROW LEVEL SECURITY")
        with pytest.raises(errors.CheckViolation) as refused:
            owner.execute(NEW_RECORD.encode(), [uuid4(), PRISON, named("case"), named("pat"), category])
        owner.rollback()
    assert "full_record_category_may_be_stored" in str(refused.value)


def test_a_hidden_case_and_a_missing_one_answer_alike(app: Connection) -> None:
    answers = set()
    for case in (named("case"), uuid4()):
        with pytest.raises(errors.InsufficientPrivilege) as refused, asking(app, "otto"):
            app.execute(NEW_RECORD.encode(), [uuid4(), 5, case, named("otto"), 18])
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_returning_reads_back_what_is_write_only(app: Connection) -> None:
    """A coordinator may write P36 and read it; an import officer writes P01 but the case officer writes what they cannot read."""
    with pytest.raises(errors.InsufficientPrivilege):
        write(app, "cass", owner=PRISON, case="case", category=9, suffix=" RETURNING okey")  # not assigned: neither


def test_updating_hidden_rows_changes_none(app: Connection) -> None:
    with asking(app, "otto"):
        assert app.execute("UPDATE cases_fullrecord SET text = 'x'").rowcount == 0


def test_saving_a_hidden_row_never_becomes_an_insert(app: Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege), asking(app, "otto"):
        app.execute(NEW_RECORD.encode(), [named("case"), PRISON, named("case"), named("otto"), 9])


def test_a_unique_key_tells_nothing_of_others(app: Connection) -> None:
    """Business keys begin with the owner: one collides with oneself only."""
    with asking(app, "cora"):
        app.execute(
            "INSERT INTO cases_case (id, owner_id, reference, working_code, service_purpose, source_identifier, child_rules, opened_at)"
            " VALUES (gen_random_uuid(), %s, 'A-1001', '9Z', 'x', '', true, now())",
            [LANTERN],
        )


def test_a_cast_that_fails_is_not_evaluated_on_hidden_rows(app: Connection) -> None:
    with asking(app, "otto"):
        assert count(app, "cases_fullrecord WHERE text::int > 0") == 0


# ---- linking, assigning ------------------------------------------------------------------------------------------

LINK = (
    "INSERT INTO cases_link (id, authority_id, authority_case_id, civil_id, civil_case_id, activity, starts_at)"
    " VALUES (gen_random_uuid(), %s, %s, %s, %s, 'families', now())"
)


def test_no_organisation_links_itself_to_a_case_that_was_not_referred_to_it(app: Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege), asking(app, "otto"):
        app.execute(LINK.encode(), [PRISON, named("case"), 5, named("civil_case")])


def test_a_linked_case_is_the_one_that_was_referred(app: Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege), asking(app, "cora"):
        app.execute(LINK.encode(), [PRISON, uuid4(), LANTERN, named("civil_case")])


def assign(connection: Connection, worker: str) -> None:
    with asking(connection, "cora"):
        connection.execute(
            "INSERT INTO cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, created_by_id)"
            " VALUES (gen_random_uuid(), %s, %s, %s, 'custody', now(), %s)",
            [LANTERN, named("civil_case"), named(worker), named("cora")],
        )


@pytest.mark.requirement("C6.3")
def test_a_worker_without_valid_vetting_is_not_assigned(app: Connection) -> None:
    with pytest.raises(errors.CheckViolation) as refused:
        assign(app, "max")
    assert refused.value.diag.constraint_name == "worker_is_cleared"


@pytest.mark.requirement("C6.4")
def test_a_worker_without_the_training_is_not_assigned(
    own_database: str, superuser: Connection, dsn: Callable[[str], str]
) -> None:
    superuser.execute(
        "INSERT INTO people_clearance (id, membership_id, authority_id, level, valid_from, valid_until) "
        "VALUES (gen_random_uuid(), %s, %s, 'basic', now() - interval '1 day', now() + interval '1 day')",
        [named("max"), PRISON],
    )
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as app, pytest.raises(errors.CheckViolation) as refused:
        assign(app, "max")
    assert refused.value.diag.constraint_name == "worker_is_trained"
    assert own_database


@pytest.mark.requirement("MOU-21")
def test_a_worker_who_declared_a_conflict_is_not_assigned(app: Connection) -> None:
    with asking(app, "cora"):
        app.execute("UPDATE cases_assignment SET ends_at = now() WHERE membership_id = %s", [named("nadia")])
        app.execute(
            "INSERT INTO cases_conflict (id, owner_id, membership_id, case_id, declared_at) VALUES (gen_random_uuid(), %s, %s, %s, now())",
            [LANTERN, named("nadia"), named("civil_case")],
        )
        with pytest.raises(errors.CheckViolation) as refused:
            app.execute(
                "INSERT INTO cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, created_by_id)"
                " VALUES (gen_random_uuid(), %s, %s, %s, 'custody', now(), %s)",
                [LANTERN, named("civil_case"), named("nadia"), named("cora")],
            )
        assert refused.value.diag.constraint_name == "worker_without_conflict"


@pytest.mark.requirement("GC.14")
def test_an_organisation_that_has_signed_does_not_change_sides(owner_dsn: str) -> None:
    """Ceilings depend on the side; it is a fact that both parties agreed to, and bodies are described by their facts."""
    with psycopg.connect(owner_dsn) as owner:
        owner.execute("UPDATE organisations_organisation SET controlled_by = 'A ministry' WHERE id = %s", [LANTERN])
        with pytest.raises(errors.CheckViolation) as refused:
            owner.execute("UPDATE organisations_organisation SET side = 'authority' WHERE id = %s", [LANTERN])
        assert refused.value.diag.constraint_name == "side_is_fixed_by_signature"
        owner.rollback()


# ---- side doors --------------------------------------------------------------------------------------------------


def test_a_parallel_plan_sees_the_same_rows(
    own_database: str, superuser: Connection, dsn: Callable[[str], str]
) -> None:
    superuser.execute(
        "INSERT INTO cases_summaryrecord (id, owner_id, case_id, created_at, created_by_id, category, text, checked_by, about_on)"
        " SELECT gen_random_uuid(), 1, %s, now(), %s, 9, 'x', 'x', now() FROM generate_series(1, 20000)",
        [named("case"), named("pat")],
    )
    superuser.execute("ANALYZE cases_summaryrecord")
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as app, asking(app, "nadia"):
        expected = count(app, "cases_summaryrecord")
        for setting in ("parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size"):
            app.execute(f"SET LOCAL {setting} = 0".encode())
        assert count(app, "cases_summaryrecord") == expected == 20003
    assert own_database


def test_statistics_show_no_values(app: Connection) -> None:
    with asking(app, "otto"):
        assert count(app, "pg_stats WHERE tablename LIKE 'cases_%'") == 0


def test_definer_functions_pin_their_search_path(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as owner:
        loose = owner.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace::regnamespace::text IN "
            "('access', 'ledger', 'agreements', 'referrals', 'public') "
            "AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog, pg_temp%', false)"
        ).fetchall()
    assert loose == []


def test_functions_that_read_the_context_are_not_immutable(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as owner:
        loose = owner.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text IN ('access', 'ledger') "
            "AND prosrc ~ '(ledger\\.bearer|access\\.m[ey]|ledger\\.clock)' AND (provolatile = 'i' OR proparallel = 's')"
        ).fetchall()
    assert loose == []


def test_two_signatures_at_once_lose_nothing(own_database: str, dsn: Callable[[str], str]) -> None:
    """Compiling takes a row per recipient: the second signature waits for the first."""
    owner_dsn = dsn("concordat_owner")
    with psycopg.connect(owner_dsn) as first, psycopg.connect(owner_dsn, autocommit=True) as second:
        first.execute("SELECT access.compile_recipient(3)")
        second.execute("SET lock_timeout = '200ms'")
        with pytest.raises(errors.LockNotAvailable):
            second.execute("SELECT access.compile_recipient(3)")
    assert own_database


def test_an_agreement_that_ends_closes_a_transaction_that_is_open_across_it(
    own_database: str, superuser: Connection, dsn: Callable[[str], str]
) -> None:
    """The clock of the policies moves within a transaction."""
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as app, asking(app, "nadia"):
        assert count(app) == 2
        superuser.execute(
            "INSERT INTO agreements_ending (id, agreement_id, organisation_id, ground, reason, at, created_by_id) "
            "VALUES (gen_random_uuid(), %s, 1, 'breach', 'x', statement_timestamp() + interval '1.5 s', %s)",
            [named("framework"), named("helen")],
        )
        assert count(app) == 2
        time.sleep(1.6)
        assert count(app) == 1
    assert own_database


def test_a_leaver_is_out_the_same_second(own_database: str, superuser: Connection, dsn: Callable[[str], str]) -> None:
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as app, asking(app, "nadia"):
        assert count(app) == 2
        superuser.execute(
            "UPDATE people_membership SET valid_until = statement_timestamp() WHERE id = %s", [named("nadia")]
        )
        assert count(app) == 0
    assert own_database


def test_a_restored_copy_starts_closed(own_database: str, superuser: Connection, dsn: Callable[[str], str]) -> None:
    superuser.execute("SELECT access.close_after_restore()")
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as app:
        with asking(app, "nadia"):
            assert count(app) == 1
        for signatory in ("helen", "ruth"):
            with app.transaction():
                app.execute("SELECT set_config('concordat.context', %s, true)", [token(app, signatory, level=2)])
                done = app.execute(
                    "UPDATE agreements_closure SET confirmed_at = now(), confirmed_by_id = %s WHERE confirmed_at IS NULL",
                    [named(signatory)],
                )
                assert done.rowcount == 1
        with asking(app, "nadia"):
            assert count(app) == 2
    assert own_database
