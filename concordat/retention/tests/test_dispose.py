"""What goes, when, whole and proved; what a hold keeps; and that nobody deletes otherwise."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from concordat.access.tests.test_shape import OURS as MODELS
from concordat.cases.models import Case
from concordat.cli.checks import Level
from concordat.cli.state_checks import check_retention
from concordat.demo.world import LANTERN, acting, named
from concordat.files.tests.ready import on_participation
from concordat.ledger import checkpoints
from concordat.referrals.delivery.tests import ready as delivery

from .ready import OURS, THEIRS, Superuser, dispose, end, first, hold, keep, left, lift, look, pass_days


@pytest.fixture
def served(superuser: Superuser) -> Superuser:
    """Give a service with sessions, a review with positions, an end report and a file, ended long ago and closed."""
    delivery.assigned_long_ago()
    delivery.record()
    delivery.review()
    on_participation()
    delivery.report()
    end(superuser)
    return superuser


@pytest.mark.requirement("CLK-32")
def test_all_of_a_case_goes_thirty_days_after_its_owner_was_told(served: Superuser) -> None:
    keep()
    theirs = left(served, THEIRS)
    look()
    assert dispose() == 0
    pass_days(served, 29)
    assert dispose() == 0
    pass_days(served, 2)
    assert dispose() == 1
    assert left(served) == {}
    assert left(served, THEIRS) == theirs
    for table in (
        "files_file",
        "files_content",
        "referrals_goal",
        "referrals_goalsignature",
        "referrals_outcome",
        "referrals_position",
    ):
        assert first(served, f"SELECT count(*) FROM {table}") == 0  # noqa: S608 - named above
    assert first(served, "SELECT count(*) FROM cases_assignment WHERE case_id = %s", OURS) == 0
    assert dispose() == 0


@pytest.mark.requirement("CLK-32")
def test_the_log_forgets_the_case_and_keeps_its_proof(served: Superuser) -> None:
    keep()
    look()
    pass_days(served)
    checkpoints.place_lines()
    lines = first(served, "SELECT count(*) FROM ledger_leaf")
    dispose()
    checkpoints.place_lines()
    assert first(served, 'SELECT count(*) FROM ledger_subject WHERE "case" = %s', OURS) == 0
    assert first(served, "SELECT count(*) FROM ledger_leaf") > lines
    assert served.execute("SELECT * FROM ledger.verify()").fetchall() == []
    told = served.execute(
        "SELECT s.owner, s.\"case\", s.detail ->> 'whole' FROM ledger_subject s "
        "JOIN ledger_entry e ON e.id = s.entry_id "
        "WHERE e.what = 'retention.disposed'"
    ).fetchall()
    assert told == [(LANTERN, None, "true")]
    went = first(served, "SELECT sum(records) FROM retention_disposal")
    assert went == first(served, "SELECT (s.detail ->> 'records')::int FROM ledger_subject s WHERE s.detail ? 'whole'")
    assert first(served, "SELECT sum(files) FROM retention_disposal") == 1


@pytest.mark.requirement("CLK-32")
@pytest.mark.parametrize("category", [None, 18])
def test_a_hold_keeps_it_and_after_the_hold_the_thirty_days_begin_anew(served: Superuser, category: int | None) -> None:
    keep()
    look()
    pass_days(served)
    before = left(served)
    held = hold(category=category)
    look()
    pass_days(served)
    dispose()
    kept = left(served)
    assert kept == before if category is None else "cases_case" in kept
    assert kept["referrals_session"] == before["referrals_session"]
    lift(held)
    pass_days(served, 0)
    look()
    assert dispose() == 0
    pass_days(served)
    dispose()
    assert left(served) == {}


@pytest.mark.requirement("CLK-32")
def test_a_hold_lifted_before_the_worker_saw_it_begins_the_thirty_days_anew(served: Superuser) -> None:
    keep()
    look()
    pass_days(served)
    lift(hold())
    assert dispose() == 0


@pytest.mark.requirement("CLK-32")
def test_a_hold_does_not_lapse_with_its_review(served: Superuser) -> None:
    keep()
    hold()
    served.execute("UPDATE retention_hold SET review_on = '2020-01-01'")
    before = left(served)
    look()
    pass_days(served)
    assert dispose() == 0
    assert left(served) == before


@pytest.mark.requirement("CLK-32")
@pytest.mark.parametrize("role", ["concordat_owner", "postgres"])
def test_what_is_held_is_deleted_by_nobody(superuser: Superuser, own_database: str, role: str) -> None:
    """The policies bind neither the owner on every table nor a superuser on any; the trigger does."""
    hold()
    superuser.execute(f"SET ROLE {role}".encode())
    with pytest.raises(psycopg.errors.CheckViolation, match="legal hold"), superuser.transaction():
        superuser.execute("DELETE FROM cases_participation WHERE case_id = %s", [OURS])


def test_the_application_deletes_no_record_and_chooses_no_case(served: Superuser) -> None:
    before = left(served)
    tables = [model._meta.db_table for model in MODELS if hasattr(model, "category_of")]
    for table in tables:
        with acting("cora", level=2), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} RETURNING 1 / (count(*) OVER () - count(*) OVER ())")  # noqa: S608
    for question in (
        "INSERT INTO retention_turn VALUES (pg_current_xact_id()::text)", "SELECT retention.begin_turn()",
        "UPDATE retention_due SET announced_at = '2000-01-01'", "DELETE FROM retention_hold",
        f"SELECT retention.take_away('{OURS}', '{{2}}')", f"SELECT ledger.forget('{OURS}')",
    ):  # fmt: skip
        with acting("cora", level=2), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question)
    assert left(served) == before


def test_nothing_goes_while_a_service_runs_or_nobody_said_how_long(superuser: Superuser) -> None:
    keep()
    with acting("cora"):
        Case.objects.filter(pk=OURS).update(closed_at="2020-01-01T00:00Z")
    look()
    assert first(superuser, "SELECT count(*) FROM retention_due") == 0
    end(superuser)
    superuser.execute("UPDATE retention_period SET ends_at = now(), ended_by_id = created_by_id")
    pass_days(superuser)
    look()
    assert first(superuser, "SELECT count(*) FROM retention_due") == 0


@pytest.mark.requirement("ISP-16")
def test_what_was_received_goes_when_the_protocol_of_then_says(superuser: Superuser) -> None:
    """Who and where a referred person is was received; what an organisation writes itself follows its own law."""
    superuser.execute(
        "INSERT INTO cases_identity (id, owner_id, case_id, created_at, created_by_id, family_name, given_names, "
        "sort_key, sex, languages, edited) SELECT gen_random_uuid(), owner_id, %s, now(), %s, 'Sandoval', '', 's', "
        "'male', '{}', '{}' "
        "FROM cases_case WHERE id = %s", [OURS, named("cora"), OURS],
    )  # fmt: skip
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "INSERT INTO agreements_clause (id, version_id, code, position, wording, parameters) "
        "VALUES (gen_random_uuid(), %s, 'ISP-16', 16, 'Kept', '{\"months\": 6}')", [named("protocol:1")],
    )  # fmt: skip
    superuser.execute("SET session_replication_role = DEFAULT")
    keep(months=120, child_months=120)
    end(superuser, days=100)
    look()
    assert first(superuser, "SELECT count(*) FROM retention_due") == 0
    end(superuser, days=200)
    pass_days(superuser)
    look()
    due = superuser.execute("SELECT case_id, category FROM retention_due").fetchall()
    assert due == [(OURS, 1)]
    pass_days(superuser)
    dispose()
    kept = left(superuser)
    assert "cases_identity" not in kept
    assert "referrals_goalset" in kept


@pytest.mark.requirement("ISP-16", "PP-16")
def test_a_category_has_its_own_period_and_children_a_shorter_one(superuser: Superuser) -> None:
    keep(months=120, child_months=120)
    keep(category=19, months=12, child_months=1)
    end(superuser, days=100)
    look()
    assert first(superuser, "SELECT count(*) FROM retention_due") == 0
    superuser.execute("UPDATE cases_case SET child_rules = true WHERE id = %s", [OURS])
    pass_days(superuser)
    look()
    assert superuser.execute("SELECT DISTINCT category FROM retention_due").fetchall() == [(19,)]


@pytest.mark.requirement("ISP-16")
@pytest.mark.parametrize(("years", "due"), [(10, True), (60, False)])
def test_an_age_counts_from_the_later_of_birthday_and_end(superuser: Superuser, years: int, due: bool) -> None:  # noqa: FBT001
    keep(by="dora", event="age", age=years)
    end(superuser, cases=(THEIRS,))
    look()
    assert (first(superuser, "SELECT count(*) FROM retention_due WHERE category = 1") == 1) is due


def test_what_another_record_hangs_on_waits_for_it(superuser: Superuser) -> None:
    """A concern is kept longer than the session in which it came up: the session stays as long."""
    delivery.assigned_long_ago()
    delivery.record(concern="He says that he is not safe.", told="Duty desk")
    end(superuser)
    keep(category=27, months=24, child_months=24)
    keep()
    look()
    pass_days(superuser)
    dispose()
    kept = left(superuser)
    assert kept == {"cases_case": 1, "referrals_session": 1, "referrals_concern": 1}
    assert first(superuser, "SELECT count(*) FROM retention_due WHERE tried_on IS NOT NULL") == 2
    end(superuser, days=900)
    pass_days(superuser)
    look()
    pass_days(superuser)
    dispose()
    assert left(superuser) == {}


def test_a_restored_copy_waits_for_its_signatory(served: Superuser) -> None:
    keep()
    look()
    pass_days(served)
    served.execute("SELECT access.close_after_restore()")
    assert dispose() == 0
    pass_days(served)
    assert check_retention(served).level == Level.LOOK
    served.execute(
        "UPDATE agreements_closure SET confirmed_at = now(), confirmed_by_id = %s WHERE organisation_id = %s",
        [named("ruth"), LANTERN],
    )
    assert dispose() == 1
    assert check_retention(served).level == Level.FINE


def test_a_step_that_is_broken_off_leaves_everything(served: Superuser) -> None:
    keep()
    look()
    pass_days(served)
    before = left(served)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT retention.dispose_next()")
        transaction.set_rollback(True)
    assert left(served) == before
    assert first(served, "SELECT count(*) FROM retention_disposal") == 0
    assert dispose() == 1


def test_two_workers_do_not_dispose_twice(served: Superuser, own_database: str) -> None:
    keep()
    look()
    pass_days(served)
    served.execute("BEGIN")
    served.execute("SELECT FROM cases_case WHERE id = %s FOR KEY SHARE", [OURS])  # as a hold that is being placed does
    assert dispose() == 0
    served.execute("COMMIT")
    assert dispose() == 1


def test_every_table_of_records_lets_go_and_keeps_what_is_held(superuser: Superuser) -> None:
    """Of a table that forgot it nothing would ever go, or what is held could."""
    for table, _column in superuser.execute("SELECT tab::text, case_column FROM retention.tables()").fetchall():
        names = {
            row[0] for row in superuser.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [table])
        }
        assert {"see_to_dispose", "dispose"} <= names, table
        held = first(
            superuser, "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'held_stays'", table
        )
        assert held == (0 if table == "cases_nametoken" else 1), table
    forced = superuser.execute(
        "SELECT h.tab::text FROM retention.tables() t CROSS JOIN LATERAL retention.hanging_on(t.tab) h "
        "JOIN pg_class c ON c.oid = h.tab WHERE c.relforcerowsecurity AND NOT EXISTS (SELECT FROM pg_policy p "
        "WHERE p.polrelid = h.tab AND p.polname = 'dispose')"
    ).fetchall()
    assert forced == []


# Neither part nor whole: two organisations' rows about one person, which go with the last of both cases.
JOINT = {("cases_link", "authority_case_id"), ("cases_link", "civil_case_id")}


def test_what_no_foreign_key_ties_says_of_what_it_is_a_part(superuser: Superuser) -> None:
    """Else the words of another party about a record would outlive it."""
    loose = {
        (model._meta.db_table, field.column)
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.remote_field and not getattr(field, "db_constraint", True)
        and hasattr(field.related_model, "category_of") and not hasattr(model, "category_of")
    }  # fmt: skip
    said = superuser.execute(
        "SELECT DISTINCT h.tab::text, h.by_column::text FROM retention.tables() t "
        "CROSS JOIN LATERAL retention.hanging_on(t.tab) h"
    ).fetchall()
    assert loose - JOINT <= set(said)
    assert loose - JOINT
