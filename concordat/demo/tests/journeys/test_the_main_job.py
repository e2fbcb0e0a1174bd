"""The main job, from a caseload file and an agreement to a service delivered, and closed the second it is suspended."""
from collections.abc import Callable

from concordat.demo.tests.journeys.ground import Ground
from concordat.demo.tests.journeys.seat import Seat

Take = Callable[[str], Seat]


def test_the_main_job(prepared: Ground, seat: Take) -> None:
    ines = seat("ines")
    ines.follow("imports:index")
    ines.follow("imports:new")
    ines.page.screenshot(path="/tmp/p.png", full_page=True)
