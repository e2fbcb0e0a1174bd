"""The database and a plain reading of the agreements give the same answer in every cell of random worlds."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings

from concordat.access.tests.differential import load, oracle
from concordat.access.tests.differential.draft import DAY_0
from concordat.access.tests.differential.facts import Ask, Ending, World
from concordat.access.tests.differential.smaller import described, smaller
from concordat.access.tests.differential.worlds import asks, small_world
from concordat.core.testing import plugin, throwaway
from concordat.ledger.context import Actor, sign

WORLDS = int(os.environ.get("WORLDS", "200"))
ASKS = 12
PARTS = 4  # side by side
# Found at length. 2014: a mandate over a civil organisation, and a relative who agreed to something else.
ONCE_DIFFERENT = (2014,)


@dataclass(frozen=True)
class Database:
    """Connections to a copy whose clock can be set: as superuser, as the application, and as the owner."""

    superuser: psycopg.Connection[Any]
    app: psycopg.Connection[Any]
    owner: psycopg.Connection[Any]


@pytest.fixture
def settable(own_database: str, dsn: Callable[[str], str]) -> Iterator[Database]:
    with (
        psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as superuser,
        psycopg.connect(dsn("concordat_app"), autocommit=True) as app,
        psycopg.connect(dsn("concordat_owner"), autocommit=True) as owner,
    ):
        superuser.execute(load.SETTABLE_CLOCK)
        superuser.execute("ALTER TABLE ledger_entry DISABLE TRIGGER written_once")
        yield Database(superuser, app, owner)


EVERYTHING = " UNION ALL ".join(f"SELECT id FROM {table}" for table in load.TABLE_OF_FORM.values())  # noqa: S608


def context(connection: psycopg.Connection[Any], world: World, ask: Ask) -> None:
    """Act as the one who asks, at the time of the question."""
    member = next(m for m in world.memberships if m.id == ask.membership)
    actor = Actor(load.key("member", member.id), member.organisation, load.key("user", member.id), ask.purpose)
    token = sign(actor, process=connection.info.backend_pid, key=settings.CONTEXT_KEY.encode())
    connection.execute(
        "SELECT set_config('concordat.context', %s, true), set_config('test.clock', %s, true)",
        [token, ask.at.isoformat()],
    )


def visible(connection: psycopg.Connection[Any], world: World, ask: Ask) -> set[UUID]:
    with connection.transaction():
        context(connection, world, ask)
        return {row[0] for row in connection.execute(EVERYTHING)}


def differences(database: Database, world: World, questions: list[Ask]) -> list[str]:
    """Compare every record, for whoever asks in these questions; a sentence for each cell that differs."""
    found = []
    for asker in {(q.membership, q.purpose, q.at): q for q in questions}.values():
        seen = visible(database.app, world, asker)
        for record in world.records:
            ask = Ask(asker.membership, asker.purpose, record.id, asker.at)
            expected, actual = oracle.may_read(world, ask), load.key("record", record.id) in seen
            if expected != actual:
                found.append(f"{ask}: {record}: agreements say {expected}, database says {actual}")
    return found


def world_of(rng: Random) -> World:
    """Make a small world, in every fourth of which a framework agreement is ended early (else that is rare)."""
    world = small_world(rng)
    frameworks = [a for a in world.agreements if a.kind == "framework"]
    if frameworks and rng.random() < 1 / 4 and not world.endings:
        return world.plus(Ending(rng.choice(frameworks).id, DAY_0 + timedelta(days=rng.randint(2, 5))))
    return world


def questions(world: World, rng: Random) -> list[Ask]:
    """Draw questions, and ask half of them again at an instant when an agreement ends or is suspended."""
    drawn = asks(world, rng, ASKS)
    ends = (
        [v.end for v in world.versions if v.end] + [e.at for e in world.endings] + [s.start for s in world.suspensions]
    )
    again = [replace(ask, at=rng.choice(ends)) for ask in drawn[::2]] if ends else []
    return drawn + again


@pytest.mark.parametrize("seed", ONCE_DIFFERENT)
def test_they_agree_where_they_once_did_not(settable: Database, seed: int) -> None:
    rng = Random(seed)
    world = world_of(rng)
    load.load(settable.superuser, world)
    assert differences(settable, world, questions(world, rng)) == []


@pytest.mark.requirement("ISP-4", "ISP-7", "ISP-19", "ISP-24")
@pytest.mark.parametrize("part", range(PARTS))
def test_the_database_agrees_with_the_agreements(settable: Database, part: int) -> None:
    cells = yes = 0
    for seed in range(part, WORLDS, PARTS):
        rng = Random(seed)
        world = world_of(rng)
        load.load(settable.superuser, world)
        asked = questions(world, rng)
        found = differences(settable, world, asked)
        assert found == [], f"seed {seed}\n{counter_example(settable, world, asked)}"
        cells += len({(q.membership, q.purpose, q.at) for q in asked}) * len(world.records)
        yes += sum(oracle.may_read(world, q) for q in asked)
    print(f"{cells} decisions, {yes} of the questions answered yes")  # noqa: T201 - shown with -rP
    assert yes > WORLDS / PARTS  # worlds in which nothing opens would prove nothing
    assert cells > WORLDS / PARTS * 100


def counter_example(database: Database, world: World, asked: list[Ask]) -> str:
    """Return the smallest world in which the two still differ, to be read by a person."""

    def differ(fewer: World) -> bool:
        try:
            load.load(database.superuser, fewer)
            return bool(differences(database, fewer, asked))
        except psycopg.Error:
            return False  # something is missing that others rest on

    small = smaller(world, differ)
    load.load(database.superuser, small)
    return f"{differences(database, small, asked)[0]} in\n{described(small)}"


def explained(connection: psycopg.Connection[Any], world: World, ask: Ask) -> str:
    record = next(r for r in world.records if r.id == ask.record)
    with connection.transaction():
        context(connection, world, ask)
        row = connection.execute(
            "SELECT access.first_missing(%s, %s, %s::smallint, %s)",
            [load.key("case", record.case), record.owner, record.category, record.form],
        ).fetchone()
    assert row
    return str(row[0])


def foreign(world: World, ask: Ask) -> bool:
    record = next(r for r in world.records if r.id == ask.record)
    member = next(m for m in world.memberships if m.id == ask.membership)
    live = member.start <= ask.at and (member.end is None or ask.at < member.end)
    return record.owner != member.organisation and live and record.category not in load.NEVER_STORED


@pytest.mark.parametrize("seed", range(0, 40, 8))
def test_the_explanation_names_the_first_missing(settable: Database, seed: int) -> None:
    different = []
    for number in range(seed, seed + 8):
        rng = Random(number)
        world = world_of(rng)
        load.load(settable.superuser, world)
        for ask in asks(world, rng, 25):
            if foreign(world, ask):
                expected, actual = oracle.first_missing(world, ask), explained(settable.owner, world, ask)
                if expected != actual:
                    different.append((number, ask, expected, actual))
    assert different == []


def test_the_shipped_clock_is_the_real_one(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as connection:
        row = connection.execute("SELECT prosrc FROM pg_proc WHERE oid = 'ledger.clock'::regproc").fetchone()
    assert row
    assert row[0].strip() == "SELECT greatest(statement_timestamp(), (SELECT max(at) FROM public.ledger_entry))"
