"""A case that is open to named people only, tried through SQL: for anybody else it is not there, and nothing tells of it."""

# ruff: noqa: E501 - pieces of SQL with names of ours

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from concordat.access.tests.test_pitfalls import Connection, asking, count
from concordat.access.tests.test_pitfalls import superuser as superuser  # noqa: PLC0414 - a fixture
from concordat.core.testing import plugin, throwaway
from concordat.demo.world import LANTERN, PRISON, named

LIST = (
    "INSERT INTO cases_allowlist (id, owner_id, case_id, named, ground, reason, review_on, starts_at, created_by_id)"
    " VALUES (gen_random_uuid(), %s, %s, %s, 'threat', 'x', now() + interval '30 days', now(), %s)"
)
OF_PRISON, OF_LANTERN = named("case"), named("civil_case")


def keep(connection: Connection, case: UUID, *people: str, by: str, owner: int) -> None:
    connection.execute(LIST, [owner, case, [named(one) for one in people], named(by)])


@pytest.fixture
def app(own_database: str, dsn: Callable[[str], str], superuser: Connection) -> Iterator[Connection]:
    """Keep the prison's case for Pat and Sef."""
    keep(superuser, OF_PRISON, "pat", "sef", by="pat", owner=PRISON)
    assert own_database
    with psycopg.connect(dsn("concordat_app"), autocommit=True) as connection:
        yield connection


def tables_about_cases(connection: Connection) -> dict[str, str]:
    """Return every table that has a case in it and that the application may read, also those that come later."""
    rows = connection.execute(
        "SELECT c.relname, min(a.attname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE a.attname IN ('case_id', 'case', 'authority_case_id') AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(c.oid, 'SELECT') GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {"cases_case": "id", **{str(name): str(column) for name, column in rows}}


@pytest.mark.parametrize("name", ["dora", "ines", "cass", "adam", "helen"])
def test_whoever_is_not_named_sees_no_row_of_it_in_any_table(app: Connection, name: str) -> None:
    with asking(app, name, level=2):
        tables = tables_about_cases(app)
        found = {tab: count(app, f"{tab} WHERE \"{column}\" = '{OF_PRISON}'") for tab, column in tables.items()}
    assert len(found) > 25
    assert {table: rows for table, rows in found.items() if rows} == {}


def test_whoever_is_named_sees_what_they_saw(app: Connection) -> None:
    with asking(app, "pat"):
        assert count(app, f"cases_case WHERE id = '{OF_PRISON}'") == 1
        assert count(app, "cases_assignment") == 1
    with asking(app, "sef"):
        assert count(app, f"cases_case WHERE id = '{OF_PRISON}'") == 1


def test_a_partner_keeps_its_own_and_loses_what_it_was_given(app: Connection) -> None:
    with asking(app, "nadia"):
        assert count(app) == 1
        assert count(app, f"cases_case WHERE id = '{OF_LANTERN}'") == 1
        assert count(app, "cases_summaryrecord") == 0
        assert count(app, "sharing_safetybriefing") == 0


def test_a_partner_who_is_named_reads_on(app: Connection, superuser: Connection) -> None:
    superuser.execute("UPDATE cases_allowlist SET named = named || %s", [named("nadia")])
    with asking(app, "nadia"):
        assert count(app) == 2
    with asking(app, "cora"):
        assert count(app) == 1


def test_a_list_on_ones_own_side_cuts_off_the_other_side_too(app: Connection, superuser: Connection) -> None:
    superuser.execute("DELETE FROM cases_allowlist")
    keep(superuser, OF_LANTERN, "cora", "ruth", by="cora", owner=LANTERN)
    with asking(app, "nadia"):
        assert [count(app, f"cases_{table}") for table in ("case", "link", "assignment", "placement")] == [0] * 4


def test_nor_does_what_a_partner_sent_tell_of_it(app: Connection, superuser: Connection) -> None:
    """Another coordinator, who looks after all cases, reads neither the referral nor a safety notice about the person."""
    superuser.execute("DELETE FROM cases_allowlist")
    superuser.execute("UPDATE people_membership SET roles = '{coordinator}' WHERE id = %s", [named("max")])
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "INSERT INTO sharing_safetynotice (id, owner_id, case_id, created_at, created_by_id, to_id, text, written_in)"
        " VALUES (gen_random_uuid(), %s, %s, now(), %s, %s, 'x', '')",
        [PRISON, OF_PRISON, named("pat"), LANTERN],
    )
    superuser.execute("SET session_replication_role = DEFAULT")
    with asking(app, "max"):
        assert [count(app, table) for table in ("referrals_referral", "sharing_safetynotice")] == [1, 1]
    keep(superuser, OF_LANTERN, "cora", "ruth", by="cora", owner=LANTERN)
    with asking(app, "max"):
        assert [count(app, table) for table in ("referrals_referral", "sharing_safetynotice")] == [0, 0]
    with asking(app, "cora"):
        assert [count(app, table) for table in ("referrals_referral", "sharing_safetynotice")] == [1, 1]


@pytest.mark.requirement("PP-18")
def test_a_body_that_monitors_by_statute_is_not_blinded(app: Connection, superuser: Connection) -> None:
    superuser.execute("UPDATE agreements_mandatecell SET purpose = 'intervention'")
    with asking(app, "omar"):
        assert count(app, f"cases_case WHERE id = '{OF_PRISON}'") == 1
    superuser.execute("UPDATE organisations_organisation SET monitoring = false WHERE id = 6")
    with asking(app, "omar"):
        assert count(app, f"cases_case WHERE id = '{OF_PRISON}'") == 0


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ines", "cases_identity SET family_name = 'x'"),
        ("ines", "cases_placement SET arrived_on = now()"),
        ("ines", "cases_case SET service_purpose = 'x'"),
        ("dora", "cases_assignment SET ends_at = now()"),
    ],
)
def test_a_change_that_looks_at_nothing_changes_nothing(app: Connection, name: str, change: str) -> None:
    """Without a condition PostgreSQL does not ask what may be read; the count alone would tell."""
    with asking(app, name):
        assert app.execute(f"UPDATE {change}".encode()).rowcount == 0


def test_writing_on_it_is_refused_as_on_a_case_that_is_not_there(app: Connection) -> None:
    answers = set()
    for case in (OF_PRISON, uuid4()):
        with pytest.raises(errors.InsufficientPrivilege) as refused, asking(app, "ines"):
            app.execute(
                "INSERT INTO cases_keydates (id, owner_id, case_id, created_at, created_by_id, release_date_kind, edited)"
                " VALUES (gen_random_uuid(), %s, %s, now(), %s, '', '{}')",
                [PRISON, case, named("ines")],
            )
        answers.add(refused.value.diag.message_primary)
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("by", "level", "people"),
    [
        ("pat", 1, ["pat", "sef"]), ("sef", 2, ["pat", "sef"]), ("cora", 2, ["cora", "ruth"]), ("dora", 2, ["dora", "ines"])
    ],
)  # fmt: skip
def test_only_the_owners_manager_makes_a_list_with_the_second_factor(
    app: Connection, superuser: Connection, by: str, level: int, people: list[str]
) -> None:
    superuser.execute("DELETE FROM cases_allowlist")
    with pytest.raises(errors.InsufficientPrivilege), asking(app, by, level=level):
        keep(app, OF_PRISON, *people, by=by, owner=PRISON)


def test_who_is_not_named_does_not_take_the_list_away(app: Connection, superuser: Connection) -> None:
    superuser.execute("UPDATE people_membership SET roles = '{programme_manager}' WHERE id = %s", [named("dora")])
    with asking(app, "dora", level=2):
        done = app.execute("UPDATE cases_allowlist SET ends_at = now(), ended_by_id = %s", [named("dora")])
        assert done.rowcount == 0


@pytest.mark.parametrize(
    ("people", "name"),
    [
        (["sef", "dora"], "allow_list_names_its_author"),
        (["pat"], "allow_list_names_two_of_its_own"),
        (["pat", "nadia"], "allow_list_names_two_of_its_own"),
    ],
)
def test_nobody_shuts_themselves_out_and_no_case_hangs_on_one(
    app: Connection, superuser: Connection, people: list[str], name: str
) -> None:
    superuser.execute("DELETE FROM cases_allowlist")
    with pytest.raises(errors.CheckViolation) as refused, asking(app, "pat", level=2):
        keep(app, OF_PRISON, *people, by="pat", owner=PRISON)
    assert refused.value.diag.constraint_name == name


def test_a_leaver_is_not_named(app: Connection, superuser: Connection) -> None:
    superuser.execute("DELETE FROM cases_allowlist")
    superuser.execute("UPDATE people_membership SET valid_until = now() WHERE id = %s", [named("sef")])
    with pytest.raises(errors.CheckViolation) as refused, asking(app, "pat", level=2):
        keep(app, OF_PRISON, "pat", "sef", by="pat", owner=PRISON)
    assert refused.value.diag.constraint_name == "allow_list_names_people_at_work"


def test_an_overdue_review_opens_nothing(app: Connection, superuser: Connection) -> None:
    superuser.execute("UPDATE cases_allowlist SET review_on = now() - interval '400 days'")
    with asking(app, "dora"):
        assert count(app) == 0


def test_ending_somebodys_work_ends_it_all_and_counts_what_one_may_know(app: Connection, superuser: Connection) -> None:
    superuser.execute(
        "INSERT INTO cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, created_by_id)"
        " VALUES (gen_random_uuid(), %s, %s, %s, 'custody', now(), %s)",
        [PRISON, OF_PRISON, named("cass"), named("pat")],
    )
    with app.transaction(), asking(app, "adam", level=2):
        assert app.execute("SELECT access.end_work_of(%s)", [named("cass")]).fetchone() == (0,)
        app.execute("SELECT set_config('concordat.context', '', true)")
    superuser.execute("UPDATE cases_allowlist SET ends_at = now(), ended_by_id = created_by_id")
    with asking(app, "adam", level=2):
        assert app.execute("SELECT access.end_work_of(%s)", [named("cass")]).fetchone() == (1,)


def calls(connection: Connection, rows: int) -> dict[str, int]:
    """Return how often each function of the heart runs in one statement over this many records."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "INSERT INTO cases_summaryrecord (id, owner_id, case_id, created_at, created_by_id, category, text, checked_by, about_on)"
            " SELECT gen_random_uuid(), 1, gen_random_uuid(), now(), %s, 9, 'x', 'x', now() FROM generate_series(1, %s)",
            [named("pat"), rows],
        )
        connection.execute("SET LOCAL session_replication_role = DEFAULT")
        connection.execute("SET LOCAL track_functions = 'all'")
        connection.execute("SET LOCAL ROLE concordat_app")
        with asking(connection, "pat"):
            connection.execute("SELECT count(*) FROM cases_summaryrecord")
            connection.execute("RESET ROLE")
            found = connection.execute(
                "SELECT funcname, calls FROM pg_stat_xact_user_functions WHERE schemaname = 'access'"
            ).fetchall()
    return dict(found)


def test_the_lists_are_asked_once_for_a_statement_not_once_for_a_row(app: Connection) -> None:
    server = throwaway.cluster(plugin.HOME)
    seen = []
    for rows in (3, 3000):
        with psycopg.connect(server.dsn("postgres", app.info.dbname), autocommit=True) as tracking:
            seen.append(calls(tracking, rows)["closed_to_me"])
    assert 0 < seen[1] <= seen[0] <= 6
