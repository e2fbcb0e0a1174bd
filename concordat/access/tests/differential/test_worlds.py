"""The random worlds are worth comparing in: the same for the same seed, well made, and nothing of the rule idles.

The last test breaks the oracle in one place at a time. What no question would notice in the oracle, no question would
notice in the database either.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from random import Random
from typing import Any

import pytest

from concordat.access.tests.differential import oracle, readings
from concordat.access.tests.differential import worlds as w

SEEDS = range(60)
MANY = range(200)
QUESTIONS = 100


@cache
def world_and_asks(seed: int) -> tuple[w.World, list[w.Ask]]:
    rng = Random(seed)
    world = w.small_world(rng)
    return world, w.asks(world, rng, QUESTIONS)


@cache
def answers(seed: int) -> list[bool]:
    world, asked = world_and_asks(seed)
    return [oracle.may_read(world, ask) for ask in asked]


def foreign(world: w.World, ask: w.Ask) -> bool:
    return readings.record_of(world, ask).owner != readings.reader_of(world, ask)


def test_the_same_seed_makes_the_same_world_and_questions() -> None:
    first, second = Random(7), Random(7)
    one, other = w.small_world(first), w.small_world(second)
    assert one == other
    assert w.asks(one, first, 50) == w.asks(other, second, 50)
    assert one != w.small_world(Random(8))


@pytest.mark.parametrize("seed", SEEDS)
def test_both_readings_of_the_rule_agree(seed: int) -> None:
    world, asked = world_and_asks(seed)
    used = replace(world, stops=())  # of what is no longer used the explanation says what it says where nothing is
    assert [oracle.first_missing(world, ask) == "yes" for ask in asked] == [oracle.may_read(used, ask) for ask in asked]


def test_questions_are_neither_all_closed_nor_all_open() -> None:
    pairs = [
        (ask, yes)
        for seed in SEEDS
        for ask, yes in zip(world_and_asks(seed)[1], answers(seed), strict=True)
        if foreign(world_and_asks(seed)[0], ask)
    ]
    share = sum(yes for _, yes in pairs) / len(pairs)
    assert 0.05 < share < 0.25, share
    missing = Counter(oracle.first_missing(*question) for seed in SEEDS for question in _of(seed))
    assert set(missing) == {"ceiling", *oracle.ORDER}
    assert min(missing.values()) >= 20, missing


def _of(seed: int) -> list[tuple[w.World, w.Ask]]:
    world, asked = world_and_asks(seed)
    return [(world, ask) for ask in asked]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_world_is_small_and_well_made(seed: int) -> None:
    """Ids are unique; a record lies in a case of its owner; an interval is not empty; a place is the case owner's."""
    world, _ = world_and_asks(seed)
    assert 4 <= len(world.organisations) <= 5
    assert 20 <= len(world.records) <= 50
    for table in (world.memberships, world.cases, world.records, world.agreements, world.versions, world.mandates):
        assert len({row.id for row in table}) == len(table)
    owner = {case.id: case.owner for case in world.cases}
    assert all(record.owner == owner[record.case] for record in world.records)
    place = {place.id: place.organisation for place in world.places}
    assert all(place[placement.place] == owner[placement.case] for placement in world.placements)
    side = {organisation.id: organisation.side for organisation in world.organisations}
    for link in world.links:
        assert (side[owner[link.authority_case]], side[owner[link.civil_case]]) == ("authority", "civil")
    for row in world.rows():
        start, end = getattr(row, "start", None), getattr(row, "end", None)
        assert start is None or end is None or start < end


def test_interesting_instants_come_in_pairs() -> None:
    world, _ = world_and_asks(1)
    instants = w.interesting_instants(world, limit=20)
    assert len(instants) <= 20
    assert set(instants) & set(w.edges(world))
    every = w.interesting_instants(world, limit=1000)
    assert set(w.edges(world)) < set(every)


# ---- Broken oracles ------------------------------------------------------------------------------------------------


def always(answer: object) -> Callable[..., Any]:
    def answered(*_: object) -> object:
        return answer

    return answered


def without(*tables: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a reading not see these tables."""

    def broken(whole: Callable[..., Any]) -> Callable[..., Any]:
        return lambda world, *rest: whole(replace(world, **dict.fromkeys(tables, ())), *rest)

    return broken


def seeing(table: str, **changes: object) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a reading see every row of this table with these changes."""

    def broken(whole: Callable[..., Any]) -> Callable[..., Any]:
        def reading(world: w.World, *rest: object) -> object:
            rows = tuple(replace(row, **changes) for row in getattr(world, table))
            return whole(replace(world, **{table: rows}), *rest)

        return reading

    return broken


def instead(answer: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return lambda _: answer


def _only_while_in_force(world: w.World, version: w.Version, at: datetime) -> bool:
    newer = [v for v in world.versions if v.agreement == version.agreement and v.id > version.id]
    starts = [(readings.start_of_force(v), v.end) for v in newer]
    return any(start is not None and readings.during(start, end, at) for start, end in starts)


def _by_one_signature(version: w.Version) -> datetime | None:
    return version.start if version.signed_a or version.signed_b else None


def _any_activity(whole: Callable[..., Any]) -> Callable[..., Any]:
    return lambda world, ask, _: [
        link for activity in w.PURPOSE_ACTIVITY.values() for link in whole(world, ask, activity)
    ]


def _any_assignment(whole: Callable[..., Any]) -> Callable[..., Any]:
    return lambda world, ask, case, _: whole(world, ask, case, None)


def _ignoring_person(column: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return seeing("restrictions", **{column: None})


def _linked_too(whole: Callable[..., Any]) -> Callable[..., Any]:
    def reading(world: w.World, ask: w.Ask) -> bool:
        record = readings.record_of(world, ask)
        pairs = [{link.authority_case, link.civil_case} for link in world.links]
        cases = {record.case}.union(*[pair for pair in pairs if record.case in pair])
        return any(whole(replace(world, records=(replace(record, case=case),)), ask) for case in cases)

    return reading


def _without_ceiling(*categories: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return lambda whole: (
        lambda world, ask: readings.record_of(world, ask).category not in categories and whole(world, ask)
    )


def _also_prohibited(whole: Callable[..., Any]) -> Callable[..., Any]:
    prohibited = oracle.prohibited
    return lambda world, ask, mandate: whole(world, ask, mandate) and not prohibited(world, ask)


def _loose(world: w.World, kind: str, ask: w.Ask) -> list[w.Version]:
    """Take protocols and terms for in force whatever the framework they rest on."""
    return oracle.versions_between(world, kind, ask)


BROKEN: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "forms do not matter": (oracle, "gives", instead(always(answer=True))),
    "only the very form": (oracle, "gives", instead(lambda given, wanted: given == wanted)),
    "full gives the threshold": (
        oracle,
        "gives",
        lambda whole: lambda given, wanted: whole(given, wanted) or given == "full",
    ),
    "the last instant belongs": (
        readings,
        "during",
        instead(lambda start, end, at: start <= at and (end is None or at <= end)),
    ),
    "the first instant does not": (
        readings,
        "during",
        instead(lambda start, end, at: start < at and (end is None or at < end)),
    ),
    "no suspension": (oracle, "in_force", without("suspensions")),
    "no suspension is lifted": (oracle, "in_force", seeing("suspensions", lifted_at=None)),
    "no ending": (oracle, "in_force", without("endings")),
    "no version is replaced": (readings, "replaced", instead(always(answer=False))),
    "the older version comes back": (readings, "replaced", instead(_only_while_in_force)),
    "one signature is enough": (readings, "start_of_force", instead(_by_one_signature)),
    "nothing is prohibited": (oracle, "prohibited", without("prohibitions")),
    "nobody is restricted": (oracle, "restricted", without("restrictions")),
    "no membership is restricted": (oracle, "restricted", _ignoring_person("membership")),
    "no organisation is restricted": (oracle, "restricted", _ignoring_person("organisation")),
    "a restriction reaches linked cases": (oracle, "restricted", _linked_too),
    "no case is open to named people only": (readings, "closed", instead(always(answer=False))),
    "a list names nobody": (readings, "closed", seeing("allow_lists", named=frozenset())),
    "a list is never lifted": (readings, "closed", seeing("allow_lists", end=None)),
    "a list binds those who monitor by statute": (readings, "closed", without("mandates")),
    "no conflict": (oracle, "conflicted", without("conflicts")),
    "only the record's case is in conflict": (
        oracle,
        "conflicted",
        lambda whole: lambda world, ask, _: whole(world, ask, None),
    ),
    "no clearance is asked": (oracle, "cleared", instead(always(answer=True))),
    "every clearance is enhanced": (oracle, "cleared", seeing("clearances", level="enhanced")),
    "no training is asked": (oracle, "trained", instead(always(answer=True))),
    "requirements are everybody's": (
        oracle,
        "_fit",
        lambda whole: (
            lambda world, ask, terms, link: seeing("terms_requirements", organisation=readings.reader_of(world, ask))(
                whole
            )(world, ask, terms, link)
        ),
    ),
    "everybody is assigned": (oracle, "_entrusted", instead(always(answer=True))),
    "an assignment is for every activity": (oracle, "assigned", _any_assignment),
    "no whole team": (
        oracle,
        "_entrusted",
        lambda whole: (
            lambda world, ask, terms, link: whole(world, ask, replace(terms, whole_team_of=frozenset()), link)
        ),
    ),
    "a link is for every activity": (oracle, "links_of", _any_activity),
    "a link never ends": (oracle, "links_of", seeing("links", end=None)),
    "terms hold at every place": (
        oracle,
        "_terms",
        lambda whole: lambda world, ask, _: whole(world, ask, None),
    ),
    "the first place for ever": (oracle, "places_of", seeing("placements", end=None)),
    "terms are for every activity": (oracle, "_terms", seeing("agreements", activity="custody")),
    "protocol and terms need no framework": (oracle, "_on_a_framework", instead(_loose)),
    "no agreement of the person": (oracle, "_agreed", instead(always(answer=True))),
    "no withdrawal": (oracle, "_agreed", seeing("participations", withdrawn_at=None)),
    "a relative cannot withdraw": (oracle, "_agreed", seeing("relative_agreements", withdrawn_at=None)),
    "a rule for every role": (
        oracle,
        "_rules",
        lambda whole: (
            lambda world, ask: [
                found
                for role in readings.membership_of(world, ask).roles
                for found in seeing("rules", role=role)(whole)(world, ask)
            ]
        ),
    ),
    "a rule for every purpose": (
        oracle,
        "_rules",
        lambda whole: lambda world, ask: seeing("rules", purpose=ask.purpose)(whole)(world, ask),
    ),
    "a rule has no dates": (oracle, "_rules", seeing("rules", start=None, end=None)),
    "a role may read everything": (
        oracle,
        "at_work",
        seeing("role_masks", readable=frozenset(range(1, 56))),
    ),
    "a membership does not end": (oracle, "at_work", seeing("memberships", end=None)),
    "P20 and P33 are stored": (oracle, "under_a_ceiling", _without_ceiling(20, 33)),
    "P25 is shared": (oracle, "under_a_ceiling", _without_ceiling(25)),
    "P26 is shared": (oracle, "under_a_ceiling", _without_ceiling(26)),
    "P29 is shared": (oracle, "under_a_ceiling", _without_ceiling(29)),
    "S02 is shared": (oracle, "under_a_ceiling", _without_ceiling(38)),
    "S04 is shared": (oracle, "under_a_ceiling", _without_ceiling(40)),
    "P16 is like any other": (oracle, "of_a_relative", instead(always(answer=False))),
    "no mandate": (oracle, "_mandates", without("mandates")),
    "a mandate has no cells": (oracle, "_in_its_cells", instead(always(answer=True))),
    "a mandate holds everywhere": (oracle, "_at_its_places", instead(always(answer=True))),
    "a mandate needs an assignment": (oracle, "_mandates", seeing("mandates", whole_team=False)),
    "a mandate needs none": (oracle, "_mandates", seeing("mandates", whole_team=True)),
    "a mandate does not end": (oracle, "_mandates", seeing("mandates", end=None)),
    "a prohibition binds a mandate": (oracle, "_reached_by", _also_prohibited),
    "everybody reads the own records": (oracle, "sees_every_own_case", instead(always(answer=True))),
    "nobody sees every own case": (oracle, "sees_every_own_case", instead(always(answer=False))),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_some_question_notices(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = {seed: answers(seed) for seed in MANY}
    module, name, change = BROKEN[broken]
    mutant = change(getattr(module, name))
    for place in (oracle, readings):
        if hasattr(place, name):
            monkeypatch.setattr(place, name, mutant)
    assert any(
        oracle.may_read(world, ask) != yes
        for seed in MANY
        for (world, ask), yes in zip(_of(seed), right[seed], strict=True)
    )
