import re
from collections import Counter

import psycopg
import pytest
from django.db import transaction
from psycopg import sql

from concordat.agreements.models import Agreement
from concordat.agreements.status import Standing, status, with_everything
from concordat.core.errors import Refused
from concordat.demo import loading, world
from concordat.demo.caseload import listed
from concordat.demo.country import WORKERS, named, user_of
from concordat.demo.stories import PLANS, STORIES
from concordat.ledger.context import Actor, act_as

Tables = psycopg.Connection[tuple[int]]


def count(tables: Tables, question: str | sql.Composed) -> int:
    """Return the one number that a question asks for."""
    row = tables.execute(question.encode() if isinstance(question, str) else question).fetchone()
    assert row
    return row[0]


def rows_in(tables: Tables, table: str, where: str = "true") -> int:
    """Count the rows of a table."""
    question = sql.SQL("SELECT count(*) FROM {} WHERE {}")
    return count(tables, question.format(sql.Identifier(table), sql.SQL(where)))


@pytest.mark.parametrize(
    ("promised", "question"),
    [
        (4, "SELECT count(*) FROM organisations_organisation WHERE side = 'authority'"),
        (5, "SELECT count(*) FROM organisations_organisation WHERE side = 'civil'"),
        (1, "SELECT count(*) FROM agreements_mandate WHERE statute <> ''"),
        (4, "SELECT count(*) FROM organisations_place WHERE organisation_id = 1"),
        (24, "SELECT count(*) FROM people_persona WHERE story <> ''"),
        (24, "SELECT count(*) FROM people_user WHERE password LIKE '!%'"),
        (24, "SELECT count(*) FROM mfa_authenticator WHERE type = 'totp'"),
        (24, "SELECT count(DISTINCT user_id) FROM people_membership"),
        (60, "SELECT count(*) FROM cases_case WHERE owner_id IN (1, 2)"),
        (6, "SELECT count(*) FROM referrals_service"),
        (1, "SELECT count(*) FROM people_training WHERE valid_until < now()"),
    ],
)
def test_there_is_what_was_promised(tables: Tables, promised: int, question: str) -> None:
    assert count(tables, question) == promised


def test_every_case_has_a_place_and_a_name_to_be_found_by(tables: Tables) -> None:
    for table in ("cases_identity", "cases_identitysummary", "cases_placement", "cases_keydates"):
        assert rows_in(tables, table) == 60
    assert count(tables, "SELECT count(DISTINCT case_id) FROM cases_nametoken") == 60


def test_agreements_are_in_every_state(country: str) -> None:
    found: Counter[Standing] = Counter()
    for key, worker in WORKERS.items():
        with transaction.atomic():
            act_as(Actor(named(key), worker.organisation, user_of(key), "administration", 1))
            found.update({status(one).standing for one in with_everything(Agreement.objects.all())})
    assert set(found) == set(Standing)


def test_people_are_at_every_stage() -> None:
    plans = [plan for story in STORIES for plan in story.plans] + list(PLANS)
    assert {plan.stage.name for plan in plans} == {
        "DRAFT", "SENT", "ACKNOWLEDGED", "ACCEPTED", "ASSIGNED", "AGREED", "GOALS_WRITTEN", "GOALS_SIGNED", "BRIEFED",
        "ACTIVE",
    }  # fmt: skip
    assert len(plans) == len({plan.reference for plan in plans})
    assert len(listed()) - len(plans) >= 20  # who was never referred


def test_what_was_told_is_in_the_tables(tables: Tables) -> None:
    """Every kind of row that a journey leaves is there, and nothing lies in the future."""
    at_least = {
        "referrals_referral": 30, "referrals_answer": 25, "cases_link": 20, "cases_participation": 20,
        "referrals_goalset": 15,
        "sharing_safetybriefing": 15, "sharing_acknowledgement": 14, "referrals_session": 100,
        "referrals_headingnote": 30,
        "referrals_review": 8, "referrals_endreport": 4, "referrals_earlyend": 3, "referrals_evaluationplan": 2,
        "sharing_safetynotice": 2, "cases_conflict": 1, "agreements_suspension": 1, "agreements_ending": 1,
        "files_participationfile": 1, "files_agreementfile": 1, "files_content": 2,
    }  # fmt: skip
    found = {table: rows_in(tables, table) for table in at_least}
    assert {table: number for table, number in found.items() if number < at_least[table]} == {}
    for table, column in (
        ("referrals_session", "starts_at"),
        ("cases_link", "ends_at"),
        ("sharing_safetybriefing", "created_at"),
    ):
        assert rows_in(tables, table, f"{column} > now()") == 0


@pytest.mark.parametrize(
    ("what", "table", "where"),
    [
        ("referral.sent", "referrals_referral", "sent_at IS NOT NULL"),
        ("session.recorded", "referrals_session", "true"),
        ("participation.recorded", "cases_participation", "true"),
        ("agreement.signed", "agreements_signature", "true"),
        ("briefing.written", "sharing_safetybriefing", "true"),
        ("goals.signed", "referrals_goalsignature", "true"),
        ("assignment.made", "cases_assignment", "true"),
        ("end_report.written", "referrals_endreport", "true"),
        ("case.opened", "cases_case", "true"),
        ("file.attached", "files_file", "true"),
    ],
)
def test_every_change_has_its_line(tables: Tables, what: str, table: str, where: str) -> None:
    assert rows_in(tables, "ledger_entry", f"what = '{what}'") == rows_in(tables, table, where) > 0


def test_the_log_says_when_it_was_loaded_and_holds(tables: Tables) -> None:
    assert rows_in(tables, "ledger_entry", "at < now() - interval '1 hour'") == 0
    tables.execute("SELECT ledger.sequence()")
    assert tables.execute("SELECT * FROM ledger.verify()").fetchall() == []


def test_no_address_could_belong_to_anybody(tables: Tables) -> None:
    addresses = [str(row[0]) for row in tables.execute("SELECT email FROM people_user").fetchall()]
    assert [address for address in addresses if not re.search(r"@(\w+\.)*(example\.org|test)$", address)] == []


def test_nobody_of_the_world_of_the_tests_lives_here(tables: Tables) -> None:
    theirs = [world.named(name) for name in world.PEOPLE]
    row = tables.execute("SELECT count(*) FROM people_membership WHERE id = ANY (%s)", [theirs]).fetchone()
    assert row == (0,)


def test_it_is_not_loaded_over_itself(country: str) -> None:
    with pytest.raises(Refused, match="loaded already"):
        loading.load()
