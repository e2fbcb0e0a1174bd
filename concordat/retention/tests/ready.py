"""What tests of retention begin with: a service that ended, a closed case, a period, and days that pass."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.utils.timezone import localdate

from concordat.cases.models import Case
from concordat.demo.world import acting, named
from concordat.retention import actions, work
from concordat.retention.models import Hold, Period

OURS, THEIRS = named("civil_case"), named("case")
Superuser = psycopg.Connection[Any]
TABLES = """
SELECT t.tab::text, t.case_column FROM retention.tables() AS t ORDER BY 1
"""


def keep(by: str = "cora", **changes: Any) -> Period:  # noqa: ANN401 - the fields of the action
    """Set a period of one's organisation."""
    said = {"category": None, "event": "closed", "months": 0, "child_months": 0, "basis": "Data Act, s. 5", **changes}
    with acting(by, level=2) as author:
        return actions.set_period(**said, by=author)


def hold(by: str = "cora", case: UUID = OURS, **changes: Any) -> Hold:  # noqa: ANN401 - the fields of the action
    said = {
        "category": None, "ground": "claim", "words": "A claim is under way.",
        "review_on": localdate() + timedelta(days=30), **changes,
    }  # fmt: skip
    with acting(by) as author:
        return actions.place_hold(Case.objects.get(pk=case), **said, by=author)


def lift(held: Hold, by: str = "cora") -> Hold:
    with acting(by, level=2) as author:
        return actions.lift_hold(Hold.objects.select_related("case").get(pk=held.pk), why_lifted="Settled", by=author)


def end(superuser: Superuser, *, days: int = 100, cases: tuple[object, ...] = (OURS,)) -> None:
    """Have the service have ended, and cases have been closed, some days ago."""
    superuser.execute("UPDATE cases_link SET ends_at = now() - make_interval(days => %s)", [days])
    superuser.execute(
        "UPDATE cases_case SET closed_at = now() - make_interval(days => %s) WHERE id = ANY (%s)", [days, list(cases)]
    )


def look() -> None:
    """Have the worker look at every case, as it does once a day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention.look(1000)")
        cursor.execute("SELECT retention.look(1000)")


def pass_days(superuser: Superuser, days: int = 31) -> None:
    """Let days pass since something was announced, and the worker begin another round."""
    superuser.execute("UPDATE retention_due SET announced_at = announced_at - make_interval(days => %s)", [days])
    superuser.execute("UPDATE retention_due SET tried_on = NULL")
    superuser.execute("DELETE FROM retention_round")


def dispose() -> int:
    """Dispose of all that is due; return of how many cases."""
    count = 0
    with connection.cursor() as cursor:
        while count < 100:
            cursor.execute("SELECT retention.dispose_next()")
            if not cursor.fetchall()[0][0]:
                break
            count += 1
    return count


def left(superuser: Superuser, case: object = OURS) -> dict[str, int]:
    """Count what the tables of records still hold of a case, past every policy."""
    counts = {}
    for table, column in superuser.execute(TABLES).fetchall():
        row = superuser.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s".encode(), [case]).fetchone()  # noqa: S608
        if row and row[0]:
            counts[table] = row[0]
    return counts


def work_round() -> bool:
    return work.keep_house()


def first(superuser: Superuser, question: str, *about: object) -> Any:  # noqa: ANN401 - whatever is asked for
    row = superuser.execute(question.encode(), about or None).fetchone()
    return row[0] if row else None


def day(when: date) -> dict[str, int]:
    return {"review_on_day": when.day, "review_on_month": when.month, "review_on_year": when.year}
