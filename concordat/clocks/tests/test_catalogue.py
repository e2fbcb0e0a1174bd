import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils.timezone import now

from concordat.clocks.catalogue import CLOCKS, running
from concordat.clocks.lapsing import Follows, Lapsed
from concordat.clocks.models import Lapse
from concordat.config.wiring import CLOCK_CONSEQUENCES
from concordat.core.testing.visiting import visit

ROOMS = Path(__file__).parent.parent.parent


def test_all_clocks_of_the_practice_are_there() -> None:
    assert list(CLOCKS) == [f"CLK-{number:02}" for number in range(1, 35)]


def test_every_step_that_runs_has_a_consequence_and_every_consequence_a_step() -> None:
    assert {f"{clock.code}/{step.name}" for clock, step in running()} == set(CLOCK_CONSEQUENCES)


@pytest.mark.parametrize("name", sorted(CLOCK_CONSEQUENCES))
def test_no_consequence_is_empty(name: str) -> None:
    code, step = name.split("/")
    follows = CLOCK_CONSEQUENCES[name](Lapsed(uuid4(), code, step, 1, now(), is_open=True))
    assert isinstance(follows, Follows)
    assert follows.told, "nobody would learn of it"
    assert follows.above, "nobody above would learn of it"
    assert not follows.then or follows.then in {one.name for one in CLOCKS[code].steps}


@pytest.mark.parametrize(("code", "step", "room"), [(c.code, s.name, s.room) for c, s in running()])
def test_a_step_that_runs_is_started_and_stopped_by_its_room(code: str, step: str, room: str) -> None:
    """A step that begins when another lapses is named in the wiring."""
    texts = "\n".join(file.read_text() for file in (ROOMS / room).rglob("*.py") if "tests" not in file.parts)
    started = re.search(rf'"{code}",\s*"{step}"', texts) or f'"{step}"' in texts
    begun = any(isinstance(one(Lapsed(uuid4(), code, name.split("/")[1], 1, now(), is_open=True)), Follows)
                and one(Lapsed(uuid4(), code, name.split("/")[1], 1, now(), is_open=True)).then == step
                for name, one in CLOCK_CONSEQUENCES.items() if name.startswith(code))  # fmt: skip
    assert started or begun
    assert f'stop("{code}"' in texts


def test_a_step_that_waits_has_no_room_and_says_so() -> None:
    waits = [step for clock in CLOCKS.values() for step in clock.steps if not step.room]
    assert waits
    assert not any(step.told or step.above for step in waits)


@pytest.mark.django_db
def test_the_page_lists_all_and_says_which_wait() -> None:
    page = visit("nadia", "/clocks/").content.decode()
    assert all(code in page for code in CLOCKS)
    assert page.count(">Runs<") == len(running())
    assert ">Waits<" in page


def test_a_lapse_is_unique() -> None:
    assert Lapse._meta.get_field("clock").unique
