"""What every page of a journey is inspected for is found where it is wrong."""

import pytest

from concordat.demo.tests.journeys.conftest import MANNERS
from concordat.demo.tests.journeys.seat import Seat

pytestmark = pytest.mark.parametrize("manner", [MANNERS["with scripts"]], ids=["with scripts"], indirect=True)

WRONG = {
    "scrolls sideways": "document.querySelector('h1').style.width = '3000px'",
    "image-alt": "document.querySelector('main').append(document.createElement('img'))",
    "Content Security Policy": "document.querySelector('main').innerHTML += '<i style=\"color: red\"></i>'",
    "to have count": "document.querySelector('h1').remove()",
    "to have attribute": "document.documentElement.dir = 'rtl'",
}


def test_what_is_wrong_with_a_page_is_found(nadia: Seat) -> None:
    for complaint, harm in WRONG.items():
        nadia.open("today:today")
        nadia.inspected.clear()
        nadia.page.evaluate(harm)
        with pytest.raises(AssertionError, match=complaint):
            nadia.look()
        nadia.complaints.clear()
    nadia.open("today:today")
    nadia.page.evaluate("setTimeout(() => { throw new Error('a script fell over') })")
    nadia.page.wait_for_function("true")
    with pytest.raises(AssertionError, match="a script fell over"):
        nadia.look()
    nadia.complaints.clear()
    with pytest.raises(AssertionError, match="nadia sees no a"):
        nadia.follow("imports:new")
