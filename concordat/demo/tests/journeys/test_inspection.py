"""What every page of a journey is inspected for is found where it is wrong."""

from collections.abc import Callable

import pytest

from concordat.demo.tests.journeys.conftest import MANNERS
from concordat.demo.tests.journeys.seat import Seat
from concordat.demo.world import named
from concordat.people import actions

pytestmark = pytest.mark.parametrize("manner", [MANNERS["with scripts"]], ids=["with scripts"], indirect=True)

WRONG = {
    "scrolls sideways": "document.querySelector('h1').style.width = '3000px'",
    "image-alt": "document.querySelector('main').append(document.createElement('img'))",
    "Content Security Policy": "document.querySelector('main').innerHTML += '<i style=\"color: red\"></i>'",
    "to have count": "document.querySelector('h1').remove()",
    "to have attribute": "document.documentElement.dir = 'rtl'",
}


@pytest.fixture
def nadia(own_database: str, seat: Callable[[str], Seat]) -> Seat:
    actions.make_persona(named("user:nadia"), email="nadia@example.org", order=1, story="A mentor.")
    return seat("nadia")


def test_what_is_wrong_with_a_page_is_found(nadia: Seat) -> None:
    for complaint, harm in WRONG.items():
        nadia.open("today:today")
        nadia.inspected.clear()
        nadia.page.evaluate(harm)
        with pytest.raises(AssertionError, match=complaint):
            nadia.look()
        nadia.complaints.clear()


def test_an_error_of_the_page_is_found(nadia: Seat) -> None:
    nadia.page.evaluate("setTimeout(() => { throw new Error('a script fell over') })")
    nadia.page.wait_for_function("true")
    with pytest.raises(AssertionError, match="a script fell over"):
        nadia.look()


def test_a_link_that_is_not_there_cannot_be_followed(nadia: Seat) -> None:
    with pytest.raises(AssertionError, match="nadia sees no a"):
        nadia.follow("imports:new")


def test_a_session_is_recorded_with_the_keyboard_alone(nadia: Seat) -> None:
    """Go from Today to a saved record without a mouse; see at each stop where one is."""
    keys = Keyboard(nadia)
    keys.enter(f'a[href$="/sessions/record/"], a[href$="{named("civil_case")}/"]')
