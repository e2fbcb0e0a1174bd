"""What is in an export: everything that the organisation owns, and nothing else."""

# ruff: noqa: E501 - pieces of SQL

import csv
import io
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate, localtime

from concordat.cases.actions import name_people
from concordat.cases.models import Case
from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.exports import actions, work, written
from concordat.exports.models import Export
from concordat.exports.written import cell_of
from concordat.files.tests import ready as files
from concordat.people.models import Membership
from concordat.quoting.tests.test_quote import WORDS, quoted
from concordat.referrals.delivery.tests import ready as delivery
from concordat.safety.actions import boundary, threats

from .ready import PUBLIC, Superuser, asked, made, manifest_of, rows_of, sealed, text_of

# What either party wrote goes with the whole that it hangs on, whoever of the two wrote it.
WITH_THEIR_WHOLE = {"sharing_acknowledgement", "referrals_goalsignature", "referrals_position"}
GROWS = {"ledger_subject", "ledger_entry"}  # the making itself is in the log


def tables(superuser: Superuser) -> dict[str, list[str]]:
    rows = superuser.execute(
        "SELECT c.relname, array_agg(a.attname::text) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
        "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY 1"
    ).fetchall()
    return {str(name): list(columns) for name, columns in rows}


def left_out(superuser: Superuser) -> set[str]:
    return {str(row[0]) for row in superuser.execute("SELECT tab FROM exports.left_out()").fetchall()}


def owned(superuser: Superuser, organisation: int) -> dict[str, int]:
    """Count, past every policy and without the functions of exports, what each table holds that names its owner."""
    counts = {}
    for table, columns in tables(superuser).items():
        owner = next((one for one in ("owner_id", "organisation_id", "owner", "organisation") if one in columns), None)
        if owner:
            question = f"SELECT count(*) FROM {table} WHERE {owner} = %s"  # noqa: S608
            row = superuser.execute(question.encode(), [organisation]).fetchone()
            counts[table] = row[0] if row else 0
    return counts


@pytest.mark.requirement("PP-20")
def test_every_table_is_in_an_export_or_left_out_with_a_reason(superuser: Superuser) -> None:
    held = {str(row[0]) for row in superuser.execute("SELECT tab::text FROM exports.contents()").fetchall()}
    out = left_out(superuser)
    assert set(tables(superuser)) - held - out == set(), "say in exports/sql/contents.sql what becomes of these"
    assert held & out == set()
    superuser.execute("CREATE TABLE new_thing (id uuid PRIMARY KEY, owner_id int)")
    assert "new_thing" not in held | out  # this is what goes red for a table that nobody thought of


@pytest.mark.requirement("PP-20")
@pytest.mark.parametrize(("by", "agreeing", "organisation"), [("pat", "dora", PRISON), ("ruth", "cora", LANTERN)])
def test_everything_that_is_owned_is_in_it(superuser: Superuser, by: str, agreeing: str, organisation: int) -> None:
    if organisation == LANTERN:
        files.on_participation()
    before = owned(superuser, organisation)
    archive = made(by, agreeing)
    rows = manifest_of(archive)["rows"]
    for table in set(before) - left_out(superuser) - GROWS - WITH_THEIR_WHOLE - {"exports_export"}:
        of_both_parties = table.startswith("agreements_") and rows[table] > before[table]
        assert rows[table] == before[table] or of_both_parties, table
    assert rows["ledger_subject"] >= before["ledger_subject"]
    assert rows["exports_export"] == 1
    for table, many in rows.items():
        assert len(rows_of(archive, table)) == many, table


def test_parts_and_files_go_with_their_records(superuser: Superuser) -> None:
    files.on_participation()
    archive = made("ruth", "cora")
    assert len(rows_of(archive, "referrals_goal")) == 1
    assert len(rows_of(archive, "referrals_goalsignature")) == 2
    (file,) = rows_of(archive, "files_file")
    (name,) = [one for one in archive.namelist() if one.startswith("files/")]
    assert name.startswith(f"files/{file['id']}")
    assert sha256(archive.read(name)).hexdigest() == file["sha256"]
    superuser.execute("SELECT 1")


def test_both_forms_hold_the_same_rows_and_the_manifest_the_hash_of_each_file(superuser: Superuser) -> None:
    archive = made()
    for name, digest in manifest_of(archive)["sha256"].items():
        assert sha256(archive.read(name)).hexdigest() == digest
    assert set(manifest_of(archive)["sha256"]) == set(archive.namelist()) - {"manifest.json"}
    cases = list(csv.DictReader(io.StringIO(archive.read("data/cases_summaryrecord.csv").decode("utf-8-sig"))))
    assert [one["text"] for one in cases] == [one["text"] for one in rows_of(archive, "cases_summaryrecord")]
    columns = json.loads(archive.read("fields.json"))["$defs"]["cases_identity"]["properties"]
    assert set(columns) == set(rows_of(archive, "cases_identity")[0])
    assert columns["case_id"]["leads_to"] == "cases_case"
    for version in rows_of(archive, "agreements_version"):
        text = archive.read(f"agreements/{version['agreement_id']}-{version['number']}.txt")
        assert sha256(text).hexdigest() == version["hash"]
    superuser.execute("SELECT 1")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_is_run_by_a_spreadsheet(text: str) -> None:
    assert cell_of(text) == f"'{text}"


def test_batches_neither_lose_nor_double(superuser: Superuser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "AT_ONCE", 2)
    archive = made()
    for table in ("people_membership", "agreements_sharingrule", "agreements_signature"):
        keys = [row["id"] for row in rows_of(archive, table)]
        assert len(keys) == len(set(keys)) == manifest_of(archive)["rows"][table] > 2
    superuser.execute("SELECT 1")


# ---- what is not in it -----------------------------------------------------------------------------------------------


def test_nothing_of_a_partner_is_in_it_though_it_is_read(superuser: Superuser) -> None:
    archive = made("ruth", "cora")
    for table, columns in tables(superuser).items():
        if "okey" in columns and table not in left_out(superuser):
            assert {row["owner_id"] for row in rows_of(archive, table)} <= {LANTERN}, table
    said = text_of(archive)
    assert "Sandoval" not in said
    assert "Room 4, escort to the door." not in said


def test_words_of_a_partner_that_are_quoted_are_not_in_it(superuser: Superuser) -> None:
    delivery.assigned_long_ago()
    quoted(delivery.review())
    assert superuser.execute("SELECT count(*) FROM quoting_quotation").fetchone() == (1,)
    archive = made("ruth", "cora")
    assert rows_of(archive, "quoting_quotation") == []
    assert WORDS not in text_of(archive)
    superuser.execute("UPDATE quoting_quotation SET of_owner_id = owner_id")  # as if they were one's own
    superuser.execute("UPDATE exports_export SET stopped_at = now(), stopped_by_id = asked_by_id")
    assert len(rows_of(made("ruth", "cora"), "quoting_quotation")) == 1


@pytest.mark.requirement("PP-11")
def test_an_authority_does_not_learn_that_two_cases_belong_together(superuser: Superuser) -> None:
    assert rows_of(made(), "cases_link")
    superuser.execute("UPDATE cases_participation SET withdrawn_at = now(), withdrawn_by_route = 'slip'")
    superuser.execute("UPDATE exports_export SET stopped_at = now(), stopped_by_id = asked_by_id")
    archive = made()
    assert rows_of(archive, "cases_link") == []
    assert str(named("civil_case")) not in text_of(archive)
    assert "LM-0147" not in text_of(archive)


@pytest.mark.requirement("PP-20")
def test_a_case_open_to_named_people_is_in_the_export_of_one_who_is_named_alone(superuser: Superuser) -> None:
    with acting("cora", level=2) as by:
        who = Membership.objects.filter(pk__in=[named("cora"), named("nadia")])
        review_on = localdate() + timedelta(days=30)
        case = Case.objects.get(pk=named("civil_case"))
        name_people(case, named=list(who), ground="threat", reason="Known from the news", review_on=review_on, by=by)
    archive = made("ruth", "cora")
    assert rows_of(archive, "cases_case") == []
    assert str(named("civil_case")) not in text_of(archive)
    assert manifest_of(archive)["records_by_category"] == {}
    superuser.execute("UPDATE cases_allowlist SET named = named || %s::uuid", [named("ruth")])
    superuser.execute("UPDATE exports_export SET stopped_at = now(), stopped_by_id = asked_by_id")
    assert len(rows_of(made("ruth", "cora"), "cases_case")) == 1


@pytest.mark.parametrize("category", [25, 26, 29, 40])
def test_sealed_compartments_need_their_own_roles(superuser: Superuser, category: int) -> None:
    superuser.execute(
        "INSERT INTO cases_fullrecord (id, created_at, category, title, text, about_on, source, is_opinion, case_id, created_by_id, owner_id, written_in) "
        "VALUES (gen_random_uuid(), now(), %s, 'Sealed', 'zqsealed', now(), '', false, %s, %s, %s, 'en')",
        [category, named("case"), named("pat"), PRISON],
    )
    assert "zqsealed" not in text_of(made())
    superuser.execute("UPDATE exports_export SET stopped_at = now(), stopped_by_id = asked_by_id")
    superuser.execute(
        "UPDATE access_roleright SET readable = readable | (1::bigint << %s) WHERE role = 'programme_manager'",
        [category],
    )
    assert "zqsealed" in text_of(made())


@pytest.mark.requirement("C6.2")
@pytest.mark.requirement("C6.10")
def test_what_workers_reported_is_in_the_export_of_whoever_sees_it_alone(superuser: Superuser) -> None:
    with acting("nadia") as by:
        boundary.report(kind="gift", words="zqreport", happened_on=localdate(), by=by)
        threats.report(worker=by, triage="online", authority=None, facts={"what": "zqthreat"}, by=by)
    superuser.execute(
        "UPDATE people_membership SET roles = '{coordinator,programme_manager}' WHERE id = %s", [named("cora")]
    )
    text = text_of(made("cora", "ruth"))
    assert "zqreport" not in text
    assert "zqthreat" not in text
    superuser.execute("UPDATE exports_export SET stopped_at = now(), stopped_by_id = asked_by_id")
    text = text_of(made("ruth", "cora"))
    assert "zqreport" in text
    assert "zqthreat" in text


# ---- how it is made --------------------------------------------------------------------------------------------------


def test_a_line_for_each_category_is_in_the_log_before_anything_can_be_fetched(superuser: Superuser) -> None:
    archive = made()
    lines = superuser.execute(
        "SELECT s.categories, s.detail ->> 'records' FROM ledger_subject s JOIN ledger_entry e ON e.id = s.entry_id "
        "WHERE e.what = 'export.made' AND s.owner = %s",
        [PRISON],
    ).fetchall()
    counts = {f"P{categories[0]:02}": int(many) for categories, many in lines}
    assert counts == manifest_of(archive)["records_by_category"]
    whats = superuser.execute("SELECT what FROM ledger_entry WHERE what LIKE 'export.%' ORDER BY at").fetchall()
    assert [str(row[0]) for row in whats if row[0] != "export.made"] == [
        "export.asked",
        "export.agreed",
        "export.fetched",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM exports.batch('cases_case', NULL, 10)",
        "SELECT exports.bytes_of(gen_random_uuid())",
        "SELECT exports.keep_piece(0, 'x')",
        "SELECT exports.finish(1, 'x', '{}')",
        "INSERT INTO exports_turn (id, export_id, organisation, membership, chart) SELECT pg_current_xact_id()::text, id, 1, asked_by_id, '{}' FROM exports_export",
        "UPDATE exports_export SET made_at = now()",
    ],
)
def test_nothing_is_read_in_a_transaction_that_exports_nothing(superuser: Superuser, question: str) -> None:
    asked()
    for name in ("pat", "cora"):
        with acting(name, level=2), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question)
    superuser.execute("SELECT 1")


def test_nobody_begins_the_export_of_somebody_else(superuser: Superuser) -> None:
    export = asked()
    for name, starts in (("dora", False), ("cora", False), ("pat", True)):
        with acting(name, level=2), connection.cursor() as cursor:
            cursor.execute("SELECT exports.take_turn(%s)", [export])
            assert cursor.fetchall() == [(starts,)]
            transaction.set_rollback(True)
            transaction.set_rollback(False)
    superuser.execute("SELECT 1")


def test_it_waits_for_a_second_person_and_for_a_day_where_there_is_none(superuser: Superuser) -> None:
    export = asked(agreeing="")
    work.make_waiting()
    assert superuser.execute("SELECT made_at FROM exports_export").fetchall() == [(None,)]
    with acting("pat", level=2) as by, pytest.raises(Refused):
        actions.agree(Export.objects.get(pk=export), by=by)
    superuser.execute(
        "UPDATE people_membership SET valid_until = now() WHERE organisation_id = %s AND id <> %s",
        [PRISON, named("pat")],
    )
    work.make_waiting()
    assert superuser.execute("SELECT made_at FROM exports_export").fetchall() == [(None,)]
    superuser.execute("ALTER TABLE exports_export DISABLE TRIGGER stays_as_asked")
    superuser.execute("UPDATE exports_export SET asked_at = now() - interval '25 hours'")
    superuser.execute("ALTER TABLE exports_export ENABLE TRIGGER stays_as_asked")
    work.make_waiting()
    assert superuser.execute("SELECT made_at IS NOT NULL FROM exports_export").fetchall() == [(True,)]


def test_whoever_left_gets_nothing(superuser: Superuser) -> None:
    asked()
    superuser.execute("UPDATE people_membership SET valid_until = now() WHERE id = %s", [named("pat")])
    work.make_waiting()
    assert superuser.execute("SELECT made_at FROM exports_export").fetchall() == [(None,)]


def test_one_that_fails_leaves_nothing_and_is_given_up(superuser: Superuser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_asked: object, _made: object) -> None:
        raise ValueError("no")

    asked()
    with monkeypatch.context() as patched:
        patched.setattr(written, "manifest", broken)
        work.make_waiting()
    shown = "SELECT made_at, failed_at IS NOT NULL, (SELECT count(*) FROM exports_piece), (SELECT count(*) FROM exports_turn) FROM exports_export"
    assert superuser.execute(shown).fetchall() == [(None, True, 0, 0)]
    assert rows_of(made(), "cases_case")


def test_the_file_goes_after_a_week_or_when_it_is_stopped(superuser: Superuser) -> None:
    first = asked()
    work.make_waiting()
    with acting("adam") as by:
        actions.stop(Export.objects.get(pk=first), by=by)
    with pytest.raises(Refused):
        sealed(first, "pat")
    work.make_waiting()
    assert superuser.execute("SELECT count(*) FROM exports_piece").fetchall() == [(0,)]
    asked()
    work.make_waiting()
    assert superuser.execute("SELECT count(*) > 0 FROM exports_piece").fetchall() == [(True,)]
    superuser.execute("ALTER TABLE exports_export DISABLE TRIGGER stays_as_asked")
    superuser.execute("UPDATE exports_export SET made_at = now() - interval '8 days'")
    superuser.execute("ALTER TABLE exports_export ENABLE TRIGGER stays_as_asked")
    work.make_waiting()
    assert superuser.execute("SELECT count(*) FROM exports_piece").fetchall() == [(0,)]


def test_what_was_agreed_to_is_what_is_made(superuser: Superuser) -> None:
    export = asked()
    with pytest.raises(Exception, match="not changed"):
        superuser.execute("UPDATE exports_export SET public_key = %s", [PUBLIC[:-1] + "q"])
    for name in ("nadia", "cora"):
        with acting(name, level=2):
            assert not Export.objects.filter(pk=export).update(fetched_at=None)
    with acting("adam", level=2), pytest.raises(DatabaseError), transaction.atomic():
        Export.objects.filter(pk=export).update(fetched_at=localtime())
