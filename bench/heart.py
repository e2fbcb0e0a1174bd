"""What the policies cost a statement: `python -m bench.heart [--cases 10000 100000]`.

Each statement is asked as the application asks it: prepared, under the policies, with a signed context. Then by a role
that passes row security, and then with a WHERE written by hand that gives the very same rows; all in one run, in turns,
so that the ratios mean something on a machine that does other things besides. A case has ten records, so a hundred
thousand cases are a million of them.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import django
import psycopg

from bench import by_hand, installation

TURNS = 60
Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Question:
    """A statement under the policies, the same by hand, and who asks. `{}` is where the condition by hand goes."""

    name: str
    who: str
    text: str
    by_hand: str
    values: dict[str, Any] = field(default_factory=dict)


def main() -> int:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description="Time single statements under the policies and without.")
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked = parser.parse_args()
    if len(asked.cases) > 1:
        command = [sys.executable, "-m", "bench.heart", "--cases"]
        return max(subprocess.run([*command, str(one)], check=False).returncode for one in asked.cases)
    with installation.home() as home:
        os.environ |= {"CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.config.settings"
        django.setup()
        with installation.superuser(home) as db:
            measure(home, db, asked.cases[0])
    return 0


def measure(home: Any, db: installation.Database, cases: int) -> None:  # noqa: ANN401 - a path
    """Print one table for the statements and one for what changes an agreement."""
    from bench import country  # noqa: PLC0415 - needs a ready Django

    country.fill(db, cases)
    asked = list(questions(db))
    with roles(home, db) as (bound, free):
        print("| records | statement | under policies ms | by hand ms | ratio | no restriction ms | ratio |")
        for one in asked:
            times = in_turns(one, bound, free)
            policy, hand, none = (statistics.median(times[way]) for way in ("policy", "hand", "none"))
            ratios = f"{hand:.2f} | {policy / hand:.1f} | {none:.2f} | {policy / none:.1f}"
            print(f"| {cases * 10} | {one.who}: {one.name} | {policy:.2f} | {ratios} |", flush=True)
    print("| agreements | what | ms |")
    for name in CHANGES:
        print(f"| {count(db, 'agreements_agreement')} | {name} | {changing(db, name):.1f} |", flush=True)


@contextmanager
def roles(home: Any, db: installation.Database) -> Iterator[tuple[Connection, Connection]]:  # noqa: ANN401 - a path
    """Connect as the application, and as a role with the same grants that passes row security."""
    from concordat.core.postgres import Cluster  # noqa: PLC0415 - needs a ready Django

    db.execute("CREATE ROLE bench_free LOGIN BYPASSRLS IN ROLE concordat_app")
    db.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO bench_free")  # asked by hand
    server = Cluster(home)
    with (
        psycopg.connect(server.dsn("concordat_app"), autocommit=True, prepare_threshold=2) as bound,
        psycopg.connect(server.dsn("postgres"), autocommit=True, prepare_threshold=2) as free,
    ):
        free.execute("SET SESSION AUTHORIZATION bench_free")
        yield bound, free


def in_turns(one: Question, bound: Connection, free: Connection) -> dict[str, list[float]]:
    """Ask in turns, and see that the policy and the hand give the same rows."""
    ways: dict[str, tuple[Connection, str]] = {
        "policy": (bound, one.text.format("TRUE")),
        "hand": (free, one.text.format(one.by_hand)),
        "none": (free, one.text.format("TRUE")),
    }
    rows = {name: ask(connection, one, text)[1] for name, (connection, text) in ways.items()}
    assert sorted(rows["policy"]) == sorted(rows["hand"]), (one.name, len(rows["policy"]), len(rows["hand"]))
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, (connection, text) in ways.items():
            times[name].append(ask(connection, one, text)[0])
    return times


def ask(connection: Connection, one: Question, text: str) -> tuple[float, list[Any]]:
    """Return how many milliseconds the statement took, and its rows."""
    from django.conf import settings  # noqa: PLC0415 - as above

    from concordat.core.codes import Purpose  # noqa: PLC0415 - needs a ready Django
    from concordat.demo.world import PEOPLE, named  # noqa: PLC0415 - as above
    from concordat.ledger.context import Actor, sign  # noqa: PLC0415 - as above

    actor = Actor(named(one.who), PEOPLE[one.who].organisation, named(f"user:{one.who}"), Purpose.INTERVENTION, 1)
    with connection.transaction():
        token = sign(actor, process=connection.info.backend_pid, key=settings.CONTEXT_KEY.encode())
        connection.execute("SELECT set_config('concordat.context', %s, true)", [token])
        began = time.perf_counter()
        found = connection.execute(text.encode(), one.values).fetchall()
        return (time.perf_counter() - began) * 1000, found


# ---- what is asked -------------------------------------------------------------------------------------------------


def questions(db: installation.Database) -> Iterator[Question]:
    """Yield what pages ask: somebody with a caseload of 150, and somebody who sees a whole prison service."""
    from bench.country import FAMILY, GIVEN  # noqa: PLC0415 - needs a ready Django
    from concordat.cases.names import asked  # noqa: PLC0415 - as above
    from concordat.demo.world import LANTERN, PRISON, named  # noqa: PLC0415 - as above

    mentor = named("nadia")
    organisations = {"nadia": LANTERN, "pat": PRISON}
    case = {
        "nadia": first(
            db,
            "SELECT c.id FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id"
            " WHERE a.membership_id = %s AND c.reference LIKE 'Z-%%' LIMIT 1",
            mentor,
        ),
        "pat": first(db, "SELECT id FROM cases_case WHERE owner_id = %s AND reference LIKE 'Z-%%' LIMIT 1", PRISON),
    }
    words = sorted(set().union(*asked(f"{GIVEN[3]} {FAMILY[77]}")))
    for who, organisation in organisations.items():
        values = by_hand.values(db, who, organisation, "full") | {"case": case[who], "words": words}
        hand = by_hand.RECORDS
        table = "FROM cases_fullrecord WHERE {}"
        newest = "ORDER BY created_at DESC, id LIMIT"
        yield Question(
            "20 newest of a case", who, f"SELECT id, text {table} AND case_id = %(case)s {newest} 20", hand, values
        )
        yield Question("50 newest of everything", who, f"SELECT id {table} {newest} 50", hand, values)
        yield Question("count by category", who, f"SELECT category, count(*) {table} GROUP BY category", hand, values)
        search = "SELECT DISTINCT case_id FROM cases_nametoken WHERE {} AND token = ANY (%(words)s::bigint[])"
        yield Question("cases of a name", who, search, by_hand.NAMES, values)
    why = "SELECT answer FROM access.why(%(case)s, 1, ARRAY[9]::smallint[], ARRAY['summary']) WHERE {}"
    yield Question("one decision, explained", "nadia", why, "TRUE", {"case": case["nadia"]})


def first(db: installation.Database, query: str, *values: object) -> Any:  # noqa: ANN401 - a column
    row = db.execute(query.encode(), values).fetchone()
    return row[0] if row else None


def count(db: installation.Database, table: str) -> object:
    return first(db, f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of ours


# ---- what changes an agreement -------------------------------------------------------------------------------------


# What compiles anew, each for the first of the large country's frameworks or protocols; and what has to be there first.
CHANGES = {
    "suspend a framework": """
        INSERT INTO agreements_suspension (id, agreement_id, organisation_id, ground, explanation, making_up,
                                           starts_at, ends_at, created_by_id)
        SELECT gen_random_uuid(), id, party_a_id, 'safety', 'x', '', now(), now() + interval '1 day', created_by_id
          FROM agreements_agreement WHERE reference = 'FR-1'""",
    "end a framework": """
        INSERT INTO agreements_ending (id, agreement_id, organisation_id, ground, reason, at, created_by_id)
        SELECT gen_random_uuid(), id, party_a_id, 'breach', 'x', now(), created_by_id
          FROM agreements_agreement WHERE reference = 'FR-1'""",
    "sign the last signature of a protocol with a prohibition": """
        INSERT INTO agreements_signature (id, version_id, organisation_id, membership_id, hash, signed_at)
        SELECT gen_random_uuid(), v.id, a.party_b_id, m.id, v.hash, now()
          FROM agreements_agreement a JOIN agreements_version v ON v.agreement_id = a.id AND v.number = 2
          JOIN people_membership m ON m.organisation_id = a.party_b_id AND 'signatory' = ANY (m.roles)
         WHERE a.reference = 'PR-1' LIMIT 1""",
    "assign a worker": """
        INSERT INTO cases_assignment (id, owner_id, case_id, membership_id, activity, starts_at, created_by_id)
        SELECT gen_random_uuid(), a.owner_id, a.case_id, m.id, a.activity, now(), a.created_by_id
          FROM cases_assignment a JOIN people_membership m ON m.shown_name = 'Cora Lind'
         WHERE a.activity = 'custody' LIMIT 1""",
}
BEFORE = {
    "sign the last signature of a protocol with a prohibition": """
        WITH old AS (SELECT v.* FROM agreements_version v JOIN agreements_agreement a ON a.id = v.agreement_id
                      WHERE a.reference = 'PR-1'),
             new AS (INSERT INTO agreements_version (id, agreement_id, number, first_day, last_day, starts_at, ends_at,
                            drafted_by_id, drafted_for_id, whole_team_of, document, hash)
                     SELECT gen_random_uuid(), agreement_id, 2, first_day, last_day, starts_at, ends_at, drafted_by_id,
                            drafted_for_id, whole_team_of, '', '' FROM old RETURNING id, agreement_id),
             never AS (INSERT INTO agreements_prohibition (id, version_id, owner_id, recipient_id, category)
                       SELECT gen_random_uuid(), new.id, a.party_a_id, a.party_b_id, 9
                         FROM new JOIN agreements_agreement a ON a.id = new.agreement_id)
        INSERT INTO agreements_sharingrule (id, version_id, owner_id, recipient_id, category, form, purpose, role,
                                            condition, basis, clause)
        SELECT gen_random_uuid(), new.id, r.owner_id, r.recipient_id, r.category, r.form, r.purpose, r.role,
               r.condition, r.basis, r.clause FROM new, old JOIN agreements_sharingrule r ON r.version_id = old.id;
        UPDATE agreements_version v SET document = 'x', hash = encode(sha256('x'), 'hex'), proposed_at = now(),
                                         proposed_by_id = drafted_by_id FROM agreements_agreement a
         WHERE a.id = v.agreement_id AND a.reference = 'PR-1' AND v.number = 2;
        INSERT INTO agreements_signature (id, version_id, organisation_id, membership_id, hash, signed_at)
        SELECT gen_random_uuid(), v.id, a.party_a_id, m.id, v.hash, now()
          FROM agreements_agreement a JOIN agreements_version v ON v.agreement_id = a.id AND v.number = 2
          JOIN people_membership m ON m.organisation_id = a.party_a_id AND 'signatory' = ANY (m.roles)
         WHERE a.reference = 'PR-1' LIMIT 1""",
}


def changing(db: installation.Database, name: str) -> float:
    """Return the median time of a change in milliseconds, each taken back before the next."""
    times = []
    for _ in range(7):
        with db.transaction(force_rollback=True):
            if name in BEFORE:
                db.execute(BEFORE[name].encode())
            began = time.perf_counter()
            db.execute(CHANGES[name].encode())
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
