"""A throw-away database that a superuser may tamper with, and the commands of the operator on it."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from concordat.core.testing import plugin, throwaway
from concordat.demo.world import PRISON, acting, named
from concordat.ledger import log

Connection = psycopg.Connection[Any]


@pytest.fixture
def superuser(own_database: str) -> Iterator[Connection]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as open_:
        yield open_


@pytest.fixture
def as_owner(
    own_database: str, dsn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], None]]:
    """Give a function after which Django is the owner of the tables, as a command of the operator is."""

    def become() -> None:
        parts = psycopg.conninfo.conninfo_to_dict(dsn("concordat_owner"))
        connection.close()
        for name, key in (("user", "USER"), ("password", "PASSWORD")):
            monkeypatch.setitem(connection.settings_dict, key, parts[name])

    yield become
    connection.close()
    assert own_database


def write(count: int, **detail: object) -> None:
    """Have somebody of the world write lines."""
    for number in range(count):
        with acting("pat"):
            log.record("tried", owner=PRISON, case=named("case"), categories=[9], number=number, **detail)


def tamper(superuser: Connection, *statements: str) -> None:
    """Do what only a superuser can: the triggers are switched off first."""
    superuser.execute("SET session_replication_role = replica")
    for statement in statements:
        superuser.execute(statement.encode())
    superuser.execute("SET session_replication_role = DEFAULT")


def first(superuser: Connection, statement: str, *values: object) -> Any:  # noqa: ANN401 - whatever is asked for
    """Return the only value of the only row."""
    row = superuser.execute(statement.encode(), values or None).fetchone()
    assert row is not None
    return row[0]


# The tree anew over the lines as they are now, as somebody does who wants to hide what they changed.
REBUILD = (
    "TRUNCATE ledger_node",
    "UPDATE ledger_leaf SET body = ledger.body_of(entry), leaf = ledger.leaf_of(ledger.body_of(entry))",
    """UPDATE ledger_leaf l SET position = n.place
         FROM (SELECT number, row_number() OVER (ORDER BY position, number) AS place FROM ledger_leaf) n
        WHERE n.number = l.number AND l.position IS DISTINCT FROM n.place""",
)
