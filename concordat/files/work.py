"""What the worker does about files: those that waited for the scanner are looked at when it answers again.

Each is handed to the worker as whoever attached it, who had its bytes before. Of somebody who has left, it waits on:
a colleague attaches it anew.
"""

import time

from django.db import connection, transaction

from concordat.core.codes import Purpose
from concordat.ledger.context import Actor, act_as

from . import scanner

ROUND = 5.0  # seconds before the worker looks after its other work
Waiting = tuple[str, Actor]


def scan_waiting() -> None:
    """Have what waits looked at, until time is up or the scanner is away."""
    end = time.monotonic() + ROUND
    if not scanner.is_set() or not (waits := waiting()) or not scanner.ping():
        return
    for file, actor in waits:
        if time.monotonic() > end or not look_at(file, actor):
            break


def waiting() -> list[Waiting]:
    """Return the files that wait, the oldest first, with as whom to look at them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT file, membership, organisation, person FROM files.waiting()")
        return [
            (file, Actor(membership, organisation, person, Purpose.ADMINISTRATION))
            for file, membership, organisation, person in cursor.fetchall()
        ]


def look_at(file: str, actor: Actor) -> bool:
    """Have one file looked at, outside of any transaction; False when the scanner does not answer."""
    data = asked("SELECT files.my_waiting(%s)", [file], actor)
    if data is None:
        return True
    verdict = scanner.scan(bytes(data))
    if verdict.state != "away":
        asked("SELECT files.judge(%s, %s, %s)", [file, verdict.state, verdict.found], actor)
    return verdict.state != "away"


def asked(question: str, about: list[str], actor: Actor) -> memoryview | None:
    """Ask the database one question as somebody."""
    with transaction.atomic(), connection.cursor() as cursor:
        act_as(actor)
        cursor.execute(question, about)
        row = cursor.fetchone()
    return row[0] if row else None


def count_waiting() -> int:
    """Return how many files wait for the scanner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT files.count_waiting()")
        (count,) = cursor.fetchone()
    return int(count)
