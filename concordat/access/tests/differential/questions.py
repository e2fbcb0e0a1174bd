"""Questions that are worth asking in a world: at the instants when answers change, about what papers give."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from concordat.access.tests.differential.facts import (
    BEGINNING,
    PURPOSE_ACTIVITY,
    Ask,
    Emergency,
    SharingRule,
    Stop,
    World,
)

TICK = timedelta(microseconds=1)
AIMS = {"rule": 76, "mandate": 11, "own record": 7, "nothing": 6}  # in how many of a hundred questions
GIVEN_BY = {
    "full": {"full", "summary", "date", "existence"},
    "summary": {"summary", "date", "existence"},
    "date": {"date", "existence"},
    "existence": {"existence"},
    "threshold": {"threshold"},
}
Row = TypeVar("Row")


def edges(world: World) -> list[datetime]:
    """Return every instant at which an answer may change, in order."""
    found = {getattr(row, column.name) for row in world.rows() for column in fields(row)}
    return sorted(value for value in found if isinstance(value, datetime) and value != BEGINNING)


def interesting_instants(world: World, limit: int = 60) -> list[datetime]:
    """Return the edges and the microsecond before each; of more than fit, evenly spread ones, always in pairs."""
    every = edges(world)
    count = min(len(every), limit // 2)
    chosen = [every[index * len(every) // count] for index in range(count)]
    return sorted({instant for edge in chosen for instant in (edge - TICK, edge)})


def asks(world: World, rng: Random, n: int) -> list[Ask]:
    """Draw n questions: most aim at a rule, some at a mandate or an own record, the rest are random."""
    every = edges(world)
    drawn = [Ask(*_drawn(world, rng), _instant(every, rng)) for _ in range(n)]
    return (
        drawn
        + [_in_an_emergency(world, rng, one) for one in world.emergencies for _ in range(3)]
        + [_of_a_stop(world, rng, one) for one in world.stops]
    )


def _of_a_stop(world: World, rng: Random, one: Stop) -> Ask:
    """Ask for something that is no longer used, while that holds or just not."""
    found = [r for r in world.records if r.case == one.case and one.record in {None, r.id}]
    record = _near(rng, found, lambda r: r.category == one.category)
    at = rng.choice((one.start - TICK, one.start, one.start + 24 * 3600 * 1_000_000 * TICK, one.end or one.start))
    worker = _near(rng, world.memberships, lambda m: m.organisation == record.owner)
    return Ask(worker.id, rng.choice(list(PURPOSE_ACTIVITY)), record.id, at)


def _in_an_emergency(world: World, rng: Random, one: Emergency) -> Ask:
    """Ask as somebody to whom a case was opened, while that holds or just not."""
    at = rng.choice((one.start - TICK, one.start, one.start + (one.end - one.start) / 2, one.end - TICK, one.end))
    reader = next(m.organisation for m in world.memberships if m.id == one.membership)
    purposes = [rule.purpose for rule in world.rules if rule.recipient == reader] or list(PURPOSE_ACTIVITY)
    return Ask(one.membership, rng.choice(purposes), rng.choice(world.records).id, at)


def _drawn(world: World, rng: Random) -> tuple[int, str, int]:
    aim = rng.choices(list(AIMS), list(AIMS.values()))[0]
    if aim == "rule" and world.rules:
        return _at_a_rule(world, rng)
    if aim == "mandate" and world.mandate_cells:
        return _at_a_mandate(world, rng)
    if aim == "own record":
        return _at_an_own_record(world, rng)
    purpose = rng.choice([*PURPOSE_ACTIVITY, "administration", "safety"])
    return rng.choice(world.memberships).id, purpose, rng.choice(world.records).id


def _instant(every: list[datetime], rng: Random) -> datetime:
    """Choose an edge (a late one rather), the microsecond before one, or a moment when most papers have begun."""
    if rng.random() < 1 / 3:
        return max(rng.choice(every), rng.choice(every)) - rng.choice((TICK, 0 * TICK))
    seconds = int((every[-1] - every[0]).total_seconds())
    return every[0] + timedelta(seconds=rng.randint(seconds * 45 // 100, seconds * 85 // 100))


def _at_a_rule(world: World, rng: Random) -> tuple[int, str, int]:
    """Take a worker whom the rule serves and a record of a linked case that it gives (or just not), if there is one."""
    newest = {
        v.id for v in world.versions if not any(n.agreement == v.agreement and n.id > v.id for n in world.versions)
    }
    rule = _near(rng, world.rules, lambda r: r.version in newest)
    sides = _sides(world, rng, rule)
    forms = GIVEN_BY[rule.form] if rng.random() < 6 / 7 else set(GIVEN_BY) - GIVEN_BY[rule.form]
    record = _near(
        rng,
        world.records,
        lambda r: (r.owner, r.category) == (rule.owner, rule.category),
        lambda r: sides is None or r.case == sides[0],
        lambda r: r.form in forms,
    )
    assigned = {a.membership for a in world.assignments if sides is not None and a.case == sides[1]}
    worker = _near(
        rng,
        world.memberships,
        lambda m: m.organisation == rule.recipient,
        lambda m: rule.role in m.roles,
        lambda m: m.id in assigned,
    )
    return worker.id, rule.purpose, record.id


def _sides(world: World, rng: Random, rule: SharingRule) -> tuple[int, int] | None:
    """Return two linked cases, the owner's and the recipient's; along a link for the rule's purpose if there is one."""
    owner = {case.id: case.owner for case in world.cases}
    both_ways = [
        (link.activity, *pair)
        for link in world.links
        for pair in ((link.authority_case, link.civil_case), (link.civil_case, link.authority_case))
    ]
    sides = [way for way in both_ways if (owner[way[1]], owner[way[2]]) == (rule.owner, rule.recipient)]
    if not sides:
        return None
    _, given, own = _near(rng, sides, lambda way: way[0] == PURPOSE_ACTIVITY[rule.purpose])
    return given, own


def _at_a_mandate(world: World, rng: Random) -> tuple[int, str, int]:
    cell = rng.choice(world.mandate_cells)
    mandate = next(m for m in world.mandates if m.id == cell.mandate)
    worker = _near(rng, world.memberships, lambda m: m.organisation == mandate.body)
    record = _near(rng, world.records, lambda r: r.owner == mandate.over, lambda r: r.category == cell.category)
    return worker.id, cell.purpose, record.id


def _at_an_own_record(world: World, rng: Random) -> tuple[int, str, int]:
    record = rng.choice(world.records)
    worker = _near(rng, world.memberships, lambda m: m.organisation == record.owner)
    return worker.id, rng.choice(list(PURPOSE_ACTIVITY)), record.id


def _near(rng: Random, rows: Sequence[Row], *wishes: Callable[[Row], bool]) -> Row:
    """Choose a row that fulfils as many wishes as possible, the first ones first; one wish in fifteen is forgotten."""
    for wish in wishes:
        if rng.random() < 14 / 15:
            rows = [row for row in rows if wish(row)] or rows
    return rng.choice(rows)
