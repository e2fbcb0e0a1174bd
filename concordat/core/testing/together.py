"""Two requests at the same moment, on connections of their own, against the real database."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from django.db import connections

WAIT = 10.0  # seconds, within which both have come as far as the turn
TAKE = "SELECT pg_advisory_lock(hashtextextended(%s, 0))"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def together(owner_dsn: str, thing: object, requests: Sequence[Callable[[], Any]]) -> list[Any]:
    """Send all requests while somebody else has the turn with a thing, then let them go; return what each got.

    Nobody waits where the turn is not asked for, and then the requests overtake each other as they will.
    """
    with psycopg.connect(owner_dsn, autocommit=True) as other, ThreadPoolExecutor(len(requests)) as pool:
        other.execute(TAKE, [str(thing)])
        sent = [pool.submit(_alone, one) for one in requests]
        until = time.monotonic() + WAIT
        while time.monotonic() < until and not all(one.done() for one in sent):
            (waiting,) = other.execute(WAITING).fetchone() or (0,)
            if waiting + sum(one.done() for one in sent) >= len(requests):
                break
            time.sleep(0.02)
        other.execute("SELECT pg_advisory_unlock_all()")
        return [one.result(timeout=60) for one in sent]


def _alone(request: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the request gets
    """Send one request and give its connections back."""
    try:
        return request()
    finally:
        connections.close_all()
