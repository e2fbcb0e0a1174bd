"""Person x category x state of the agreement, as a text that reviewers read as a difference.

Write the new text with GOLDEN=1 and read what changed before you commit it.
"""

# ruff: noqa: E501, S608 - pieces of SQL with names of ours

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from concordat.core.codes import Category, Purpose
from concordat.core.testing import plugin, throwaway
from concordat.demo.world import PEOPLE, PRISON, named
from concordat.ledger.context import Actor, sign

GOLDEN = Path(__file__).parent / "matrix.txt"
TABLES = {
    "cases_case": "full", "cases_identity": "full", "cases_identitysummary": "summary", "cases_placement": "full",
    "cases_keydates": "full", "cases_fullrecord": "full", "cases_summaryrecord": "summary", "cases_daterecord": "date",
    "cases_existencerecord": "existence", "cases_thresholdrecord": "threshold", "cases_participation": "full",
    "sharing_safetybriefing": "full", "referrals_referral": "full", "referrals_answer": "full",
    "referrals_goalset": "summary", "referrals_session": "full", "files_participationfile": "file",
}  # fmt: skip
# A scan of the paper that the person signed, put in as a restored copy is: without asking who attaches it.
FILE = """SET session_replication_role = replica;
    INSERT INTO files_file (id, owner_id, hangs_on, name, description, media_type, size, sha256, state, found, created_at,
                            created_by_id, ground)
    SELECT p.id, p.owner_id, 'participation', 'x', '', 'x', 1, '', 'clean', '', now(), p.created_by_id, '' FROM cases_participation p;
    INSERT INTO files_participationfile (file_id, owner_id, created_by_id, case_id, participation_id)
    SELECT p.id, p.owner_id, p.created_by_id, p.case_id, p.id FROM cases_participation p;
    RESET session_replication_role"""
WHO = {name: Purpose.OVERSIGHT if name == "omar" else Purpose.INTERVENTION for name in PEOPLE}
STATES = {
    "in force": "SELECT 1",
    "protocol suspended": """INSERT INTO agreements_suspension (id, agreement_id, organisation_id, ground, explanation, making_up,
        starts_at, ends_at, created_by_id) VALUES (gen_random_uuid(), '{protocol}', 1, 'safety', 'x', '', now() - interval '1 h',
        now() + interval '1 day', '{helen}')""",
    "framework ended": """INSERT INTO agreements_ending (id, agreement_id, organisation_id, ground, reason, at, created_by_id)
        VALUES (gen_random_uuid(), '{framework}', 1, 'breach', 'x', now() - interval '1 h', '{helen}')""",
    "the person withdrew": "UPDATE cases_participation SET withdrawn_at = now() - interval '1 h', withdrawn_by_route = 'said'",
    "the mentor's clearance lapsed": "UPDATE people_clearance SET valid_until = now() - interval '1 h' WHERE membership_id = '{nadia}'",
    "the mentor is restricted": """INSERT INTO cases_restriction (id, owner_id, case_id, membership_id, ground, starts_at, created_by_id)
        VALUES (gen_random_uuid(), 1, '{case}', '{nadia}', 'x', now() - interval '1 h', '{pat}')""",
    "only Pat and Sef of the prison are named": """INSERT INTO cases_allowlist (id, owner_id, case_id, named, ground, reason, review_on,
        starts_at, created_by_id) VALUES (gen_random_uuid(), 1, '{case}', '{{{pat},{sef}}}', 'threat', 'x', now(), now(), '{pat}')""",
    "only Cora and Ruth of Lantern are named": """INSERT INTO cases_allowlist (id, owner_id, case_id, named, ground, reason, review_on,
        starts_at, created_by_id) VALUES (gen_random_uuid(), 3, '{civil_case}', '{{{cora},{ruth}}}', 'threat', 'x', now(), now(), '{cora}')""",
}


def seen(connection: psycopg.Connection[Any], name: str) -> str:
    """Return what somebody sees, category by category: of the prison service, and of others."""
    actor = Actor(named(name), PEOPLE[name].organisation, named(f"user:{name}"), WHO[name], 1)
    cells: dict[bool, set[str]] = {True: set(), False: set()}
    with connection.transaction():
        token = sign(actor, process=connection.info.backend_pid, key=settings.CONTEXT_KEY.encode())
        connection.execute("SELECT set_config('concordat.context', %s, true)", [token])
        for table, form in TABLES.items():
            for (okey,) in connection.execute(f"SELECT DISTINCT okey FROM {table}".encode()).fetchall():
                cells[okey // 64 == PRISON].add(f"{Category(okey % 64).name}-{form}")
    return " | ".join(" ".join(sorted(cells[side])) or "nothing" for side in (True, False))


@pytest.mark.requirement("C6.3", "C6.14", "PP-11")
def test_the_matrix_is_as_reviewed(template_database: Path) -> None:
    ids = {
        name: named(name)
        for name in ("protocol", "framework", "helen", "nadia", "pat", "sef", "cora", "ruth", "case", "civil_case")
    }
    server = throwaway.cluster(plugin.HOME)
    lines = ["# state: person | records of the prison service | records of others"]
    for state, change in STATES.items():
        with throwaway.copy_of_template(template_database, "matrix") as copy:
            with psycopg.connect(server.dsn("postgres", copy), autocommit=True) as superuser:
                superuser.execute(FILE.encode())
                superuser.execute(change.format(**ids).encode())
            with psycopg.connect(server.dsn("concordat_app", copy), autocommit=True) as app:
                lines += [f"{state}: {name} | {seen(app, name)}" for name in WHO]
    text = "\n".join(lines) + "\n"
    if os.environ.get("GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
