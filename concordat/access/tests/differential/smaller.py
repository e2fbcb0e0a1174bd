"""A world in which something goes wrong, made as small as it can be while it still goes wrong: readable by a person."""

from collections.abc import Callable, Iterator

from concordat.access.tests.differential.facts import World


def smaller(world: World, goes_wrong: Callable[[World], bool]) -> World:
    """Return a world of which no fact can be left out without the fault going too."""
    while True:
        left = next((fewer for fewer in with_one_less(world) if fails(fewer, goes_wrong)), None)
        if left is None:
            return world
        world = left


def with_one_less(world: World) -> Iterator[World]:
    """Yield the world without each of its facts, those first on which no other rests."""
    for fact in reversed(list(world.rows())):
        yield world.without(fact)


def fails(world: World, goes_wrong: Callable[[World], bool]) -> bool:
    """Say whether the fault is there; a world in which something is missing that others rest on does not count."""
    try:
        return goes_wrong(world)
    except (StopIteration, RuntimeError, KeyError):  # RuntimeError: a StopIteration inside of a generator
        return False


def described(world: World) -> str:
    """Write a world down, a line for each fact."""
    return "\n".join(f"  {row}" for row in world.rows())
