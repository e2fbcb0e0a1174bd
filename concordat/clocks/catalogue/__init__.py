"""All clocks of the practice catalogue as data: what starts them, how long, whose they are, what follows from a lapse.

The parts of the list stand by what the clocks are about. Which step runs today is said at the step (`room`); a step
without a room waits for the room that it belongs to. What follows from a lapse is wired in `config/wiring.py`
(`CLOCK_CONSEQUENCES`), one line for every step that runs.
"""

from .kinds import Clock, Ground, Step, Unit
from .partnership import PARTNERSHIP
from .persons import PERSONS
from .public import PUBLIC
from .services import SERVICES

CLOCKS: dict[str, Clock] = {
    one.code: one for one in sorted((*PUBLIC, *PARTNERSHIP, *SERVICES, *PERSONS), key=lambda clock: clock.code)
}


def step_of(code: str, name: str) -> Step:
    """Return one step of a clock; an unknown one is a programming error."""
    return next(one for one in CLOCKS[code].steps if one.name == name)


def running() -> list[tuple[Clock, Step]]:
    """Return the steps that a room runs."""
    return [(clock, step) for clock in CLOCKS.values() for step in clock.steps if step.room]


__all__ = ["CLOCKS", "Clock", "Ground", "Step", "Unit", "running", "step_of"]
