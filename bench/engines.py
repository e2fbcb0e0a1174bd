"""Deciding row by row instead: `python -m bench.engines [--cases 10000 100000]`.

The same page is asked for in three ways in one run: the newest fifty records that a mentor with 150 cases may read. The
database answers under the policies. cedarpy and pycasbin are asked for one row after another, the newest first, until
fifty are allowed; they are given everything ready (the cases, the keys, what the posts read), and the time of bringing
the rows from the database is not counted. pycasbin is for this comparison only: `pip install casbin` beforehand.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import django

from bench import by_hand, installation
from bench.heart import Question, ask, roles

WANTED = 50
AT_MOST = 20_000  # rows that an engine is asked about; beyond, what a row took says the rest
AT_ONCE = 500  # rows that cedarpy is asked about in one call, which spares it reading the policies for each
TURNS = 30
CEDAR = """
permit (principal, action, resource) when {
    principal.reads.contains(resource.category) && principal.organisation == resource.owner
    && principal.own.contains(resource.case) };
permit (principal, action, resource) when {
    principal.reads.contains(resource.category) && principal.keys.contains(resource.okey)
    && principal.linked.contains(resource.case) };
forbid (principal, action, resource) when { [20, 33].contains(resource.category) };
"""
CASBIN = """
[request_definition]
r = sub, obj
[policy_definition]
p = sub
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj.category in r.sub.reads && (r.obj.owner == r.sub.organisation && r.obj.case in r.sub.own || \
r.obj.okey in r.sub.keys && r.obj.case in r.sub.linked)
"""
Row = SimpleNamespace
Decide = Callable[[list[Row]], Iterable[bool]]


def main() -> int:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description="Compare a page under the policies with deciding row by row.")
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000])
    asked = parser.parse_args()
    if len(asked.cases) > 1:
        command = [sys.executable, "-m", "bench.engines", "--cases"]
        return max(subprocess.run([*command, str(one)], check=False).returncode for one in asked.cases)
    with installation.home() as home:
        os.environ |= {"CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.config.settings"
        django.setup()
        with installation.superuser(home) as db:
            measure(home, db, asked.cases[0])
    return 0


def measure(home: Any, db: installation.Database, cases: int) -> None:  # noqa: ANN401 - a path
    """Print what the page takes under the policies, and with each engine."""
    from bench import country  # noqa: PLC0415 - needs a ready Django

    country.fill(db, cases)
    mentor = asker(db)
    rows = list(newest(db))
    took, found = policies(home, db)
    print("| records | decided by | rows looked at | ms for fifty records | times the policies |")
    print(f"| {cases * 10} | the policies | | {took:.1f} | 1 |", flush=True)
    for name, decide in {"cedarpy": cedar(mentor), "pycasbin": casbin(mentor)}.items():
        milliseconds, looked, allowed = until_enough(rows, decide)
        assert allowed[:WANTED] == found[: len(allowed)], name
        share = WANTED / max(len(allowed), 1) if len(allowed) < WANTED else 1
        whole = f"{milliseconds * share:.0f}" + ("" if share == 1 else " (from those asked)")
        print(
            f"| {cases * 10} | {name} | {looked * share:.0f} | {whole} | {milliseconds * share / took:.0f} |",
            flush=True,
        )


def policies(home: Any, db: installation.Database) -> tuple[float, list[Any]]:  # noqa: ANN401 - a path
    """Return the median milliseconds of the page under the policies, and its rows."""
    text = "SELECT id FROM cases_fullrecord ORDER BY created_at DESC, id LIMIT 50"
    page = Question("page", "nadia", text, "TRUE")
    with roles(home, db) as (bound, _):
        times = [ask(bound, page, text) for _ in range(TURNS)]
    return statistics.median(took for took, _ in times), [row[0] for row in times[0][1]]


def asker(db: installation.Database) -> dict[str, Any]:
    """Return the mentor with everything that the engines are given ready."""
    from concordat.demo.world import LANTERN  # noqa: PLC0415 - needs a ready Django

    known = by_hand.values(db, "nadia", LANTERN, "full")
    cases = {name: [str(row[0]) for row in db.execute(query.encode(), known)]
             for name, query in {"own": by_hand.OWN, "linked": by_hand.LINKED}.items()}  # fmt: skip
    return {"organisation": LANTERN, "reads": known["reads"], "keys": known["none"], **cases}


def newest(db: installation.Database) -> Iterator[Row]:
    """Yield records, the newest first, as a program would that asks for each whether it may be shown."""
    query = "SELECT id, owner_id, case_id, category, okey FROM cases_fullrecord ORDER BY created_at DESC, id LIMIT %s"
    for key, owner, case, category, okey in db.execute(query, [AT_MOST]):
        yield Row(id=key, owner=owner, case=str(case), category=category, okey=okey)


def until_enough(rows: list[Row], decide: Decide) -> tuple[float, int, list[Any]]:
    """Return the milliseconds, how many rows were looked at, and which are allowed, until there are fifty."""
    allowed: list[Any] = []
    looked, began = 0, time.perf_counter()
    for some in batched_lists(rows):
        looked += len(some)
        allowed += [row.id for row, yes in zip(some, decide(some), strict=True) if yes]
        if len(allowed) >= WANTED:
            break
    return (time.perf_counter() - began) * 1000, looked, allowed


def batched_lists(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def cedar(mentor: dict[str, Any]) -> Decide:
    """Return how cedarpy is asked about some rows at once."""
    from cedarpy import Decision, is_authorized_batch  # noqa: PLC0415 - the tests bring it

    principal = {"uid": {"type": "Member", "id": "me"}, "attrs": mentor, "parents": []}

    def decide(rows: list[Row]) -> Iterable[bool]:
        records = [
            {"uid": {"type": "Record", "id": str(row.id)}, "parents": [],
             "attrs": {"owner": row.owner, "case": row.case, "category": row.category, "okey": row.okey}}
            for row in rows
        ]  # fmt: skip
        wanted = [{"principal": 'Member::"me"', "action": 'Action::"read"', "resource": f'Record::"{row.id}"',
                   "context": {}} for row in rows]  # fmt: skip
        return [one.decision == Decision.Allow for one in is_authorized_batch(wanted, CEDAR, [principal, *records])]

    return decide


def casbin(mentor: dict[str, Any]) -> Decide:
    """Return how pycasbin is asked about some rows, one by one."""
    from casbin import Enforcer  # type: ignore[import-untyped]  # noqa: PLC0415 - for this comparison only
    from casbin.model import Model  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    model = Model()
    model.load_model_from_text(CASBIN)
    engine = Enforcer(model)
    engine.add_policy("everybody")
    me = SimpleNamespace(**{name: set(of) if isinstance(of, list) else of for name, of in mentor.items()})
    return lambda rows: [engine.enforce(me, row) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
