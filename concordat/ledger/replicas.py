"""Reading from a replica: a page that only reads is put together from one of them, if one may answer.

The database decides whether it may (`sql/replicas.sql`): one without a lease raises instead of showing nothing. Then,
and when the page turns out to write, the primary puts it together once more. The line of what was read is written on
the primary before the page leaves.
"""

import itertools
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.http import HttpRequest
from django.urls import Resolver404, resolve

READING = frozenset({"GET", "HEAD"})
WRITES = "25006"  # what PostgreSQL says where something would be written on a replica
PAUSE = 2.0  # seconds for which one that did not answer is not asked again
LOG = logging.getLogger("concordat.replicas")

_turn = itertools.count()
_silent_until: dict[str, float] = {}
_writing: set[str] = set()  # routes that also write when they are only read


def chosen(request: HttpRequest) -> str | None:
    """Return the alias of the replica whose turn it is; None where the primary has to answer."""
    now = time.monotonic()
    awake = [name for name in settings.REPLICAS if _silent_until.get(name, 0) <= now]
    if not awake or request.method not in READING or route_of(request) in _writing:
        return None  # where there is none, nothing else is looked at: every page comes by here
    return awake[next(_turn) % len(awake)]


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Have everything inside the block that asks the records' database ask this replica."""
    primary, replica = connections["default"], connections[alias]
    connections["default"] = replica
    try:
        yield
    finally:
        connections["default"] = primary


def note(request: HttpRequest, alias: str, error: DatabaseError) -> None:
    """Remember why a replica did not answer: the page writes, or the replica is away."""
    if state_of(error) == WRITES:
        _writing.add(route_of(request))
        return
    _silent_until[alias] = time.monotonic() + PAUSE
    LOG.warning("A replica did not answer; the primary does.", extra={"replica": alias, "state": state_of(error)})


def state_of(error: DatabaseError) -> str:
    """Return PostgreSQL's code of an error; a lost connection has none."""
    return getattr(error.__cause__, "sqlstate", None) or ""


def route_of(request: HttpRequest) -> str:
    """Return the name of the route; nothing for an address that has none."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def wait_for_none() -> None:
    """Have the open transaction, which only says what was read, be done without waiting for any replica."""
    if settings.REPLICAS:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO local")
