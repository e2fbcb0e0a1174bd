"""What the worker does about clocks: each lapse is recorded once, and what follows from it begins.

A lapse that nobody recorded has still happened; what is recorded is whom it is told to, and the step that begins. One
batch is one transaction: killed within it, it never was. Several workers share the clocks, `FOR UPDATE SKIP LOCKED`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from concordat.core.wiring import wired

from .catalogue import step_of

ROUND = 2.0  # seconds before the worker looks after its other work
AT_ONCE = 500  # clocks in one transaction
ABOVE_AFTER = 5  # working days until those above are told of what is still open


@dataclass(frozen=True)
class Lapsed:
    """One step that lapsed, as what follows from it is asked."""

    clock: UUID
    code: str
    step: str
    owner: int
    due_at: datetime
    is_open: bool  # it was not ended after its lapse


@dataclass(frozen=True)
class Follows:
    """What follows by itself: whom it is told to, whom above them when it stays open, and the step that begins."""

    told: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    then: str = ""


Consequence = Callable[[Lapsed], Follows]


def tell(lapsed: Lapsed) -> Follows:
    """Tell those at the step, and those above them when it stays open."""
    step = step_of(lapsed.code, lapsed.step)
    return Follows(told=step.told, above=step.above if lapsed.is_open else ())


def tell_and_begin(then: str) -> Consequence:
    """Tell them, and begin the next step where nobody has ended the matter."""

    def follow(lapsed: Lapsed) -> Follows:
        first = tell(lapsed)
        return Follows(first.told, first.above, then if lapsed.is_open else "")

    return follow


def record_lapses() -> bool:
    """Record some of what lapsed; True when there may be more."""
    end = monotonic() + ROUND
    while monotonic() < end:
        if record_batch() < AT_ONCE:
            return False
    return True


@transaction.atomic
def record_batch(most: int = AT_ONCE) -> int:
    """Record one batch; return how many lapses there were."""
    lapsed = take(most)
    if lapsed:
        with connection.cursor() as cursor:
            found = json.dumps([put(one) for one in lapsed], default=str)
            cursor.execute("SELECT clocks.record_lapses(%s::jsonb)", [found])
    return len(lapsed)


def take(most: int) -> list[Lapsed]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock, code, step, owner, due_at, still_open FROM clocks.take_lapsed(%s)", [most])
        return [Lapsed(*row) for row in cursor.fetchall()]


def put(one: Lapsed) -> dict[str, Any]:
    """Ask the wiring what follows from a lapse, and say it as the database takes it."""
    follows: Follows = wired("CLOCK_CONSEQUENCES")[f"{one.code}/{one.step}"](one)
    then = step_of(one.code, follows.then) if follows.then else None
    return {
        "clock": one.clock, "told": [str(role) for role in follows.told], "above": [str(r) for r in follows.above],
        "above_after": ABOVE_AFTER, "then_step": then and then.name, "then_length": then and then.length,
        "then_unit": then and str(then.unit),
    }  # fmt: skip
