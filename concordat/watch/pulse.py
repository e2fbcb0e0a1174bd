"""What the database says of itself: it answers, how old the newest line of the log is, when the worker last worked."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from django.db import DatabaseError, connection

from concordat.core.wiring import wired

LATE = 60.0  # seconds; the worker works every few
WITHOUT_PLACE = 300.0  # seconds; the worker gives lines their places every few
AGAIN = 2.0  # seconds for which an answer holds: strangers who ask often ask the database seldom


class Pulse(NamedTuple):
    """Ages in seconds; None where there is nothing yet. `answers` is whether the database did."""

    answers: bool = False
    log_age: float | None = None
    worker_age: float | None = None
    waiting: dict[str, int] | None = None
    unplaced_age: float | None = None

    def faults(self) -> Iterator[str]:
        """Say what is wrong."""
        if not self.answers:
            yield "the database does not answer"
        elif self.worker_age is None:
            yield "the worker has not worked yet"
        elif self.worker_age > LATE:
            yield f"the worker last worked {self.worker_age:.0f} seconds ago"
        if self.unplaced_age is not None and self.unplaced_age > WITHOUT_PLACE:
            yield f"a line of the log has waited {self.unplaced_age:.0f} seconds for its place in the tree"


@dataclass
class Last:
    """The last answer, and when it came."""

    pulse: Pulse
    at: float


_last = Last(Pulse(), -AGAIN)
_asking = Lock()


def latest() -> Pulse:
    """Return what the database says, at most some seconds old; one asks, the others take the last answer."""
    if time.monotonic() - _last.at > AGAIN and _asking.acquire(blocking=False):
        try:
            _last.pulse, _last.at = ask(), time.monotonic()
        finally:
            _asking.release()
    return _last.pulse


def ask() -> Pulse:
    """Ask the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT log_age, worker_age, ledger.unplaced_age() FROM ledger.pulse()")
            log_age, worker_age, unplaced_age = cursor.fetchone()
        waiting = {name: count() for name, count in wired("WAITING").items()}
        return Pulse(answers=True, log_age=log_age, worker_age=worker_age, waiting=waiting, unplaced_age=unplaced_age)
    except DatabaseError:
        return Pulse()
