"""Cedar and the plain reading of the agreements give the same answer in every cell of random worlds."""

import os
from random import Random

import pytest

from concordat.access.tests.differential import cedar, oracle
from concordat.access.tests.differential.facts import Ask, World
from concordat.access.tests.differential.smaller import described, smaller
from concordat.access.tests.differential.test_differential import questions, world_of

WORLDS = int(os.environ.get("CEDAR", "25"))
PARTS = 4


def cells(world: World, rng: Random) -> list[Ask]:
    """Ask about every record, for whoever asks in the questions drawn."""
    askers = {(one.membership, one.purpose, one.at): one for one in questions(world, rng)}
    return [Ask(one.membership, one.purpose, record.id, one.at) for one in askers.values() for record in world.records]


def differs(world: World, ask: Ask) -> bool:
    return cedar.decide(world, [ask]) != [oracle.may_read(world, ask)]


@pytest.mark.parametrize("part", range(PARTS))
def test_cedar_agrees_with_the_agreements(part: int) -> None:
    decided = yes = 0
    for seed in range(part, WORLDS, PARTS):
        rng = Random(seed)
        world = world_of(rng)
        asked = cells(world, rng)
        expected = [oracle.may_read(world, one) for one in asked]
        answers = cedar.decide(world, asked)
        different = [one for one, says, means in zip(asked, answers, expected, strict=True) if says != means]
        if different:
            ask = different[0]
            small = smaller(world, lambda fewer, ask=ask: differs(fewer, ask))  # type: ignore[misc]
            pytest.fail(f"seed {seed}: {ask}: the agreements say {oracle.may_read(small, ask)} in\n{described(small)}")
        decided, yes = decided + len(asked), yes + sum(expected)
    print(f"{decided} decisions, {yes} of them yes")  # noqa: T201 - shown with -rP
    assert yes > 0
    assert decided > WORLDS // PARTS * 100


def test_a_counter_example_is_made_small() -> None:
    """With a plain reading that forgets prohibitions, what is left is a stack, a link, a worker and the prohibition."""
    for seed in range(400):
        world = world_of(Random(seed))
        forgetful = world.without(*world.prohibitions)
        found = next((one for one in cells(world, Random(seed)) if wrong(world, forgetful, one)), None)
        if found:
            break
    assert found
    ask = found

    def goes_wrong(fewer: World) -> bool:
        return wrong(fewer, fewer.without(*fewer.prohibitions), ask)

    small = smaller(world, goes_wrong)
    assert goes_wrong(small)
    assert smaller(small, goes_wrong) == small
    assert len(small.prohibitions) == 1
    assert len(list(small.rows())) < len(list(world.rows())) / 2
    assert "Prohibition" in described(small)


def wrong(world: World, forgetful: World, ask: Ask) -> bool:
    return oracle.may_read(world, ask) != oracle.may_read(forgetful, ask)
