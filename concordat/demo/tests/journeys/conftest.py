"""A journey: one server, one database, and a browser for each of the people who take part."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from concordat.demo.tests.journeys import ground
from concordat.demo.tests.journeys.seat import Manner, Seat
from concordat.demo.world import named
from concordat.people import actions

PICTURES = Path(__file__).parents[4] / "docs" / "guide" / "images"
MANNERS = {
    "with scripts": Manner(scripts=True, language="en", width=1280),
    "without scripts on a telephone": Manner(scripts=False, language="en", width=320),
    "in Arabic on a telephone": Manner(scripts=True, language="ar", width=320),
    "in French with the keyboard alone": Manner(scripts=True, language="fr", width=1280, keys_alone=True),
}


@pytest.fixture(params=MANNERS.values(), ids=list(MANNERS))
def manner(request: pytest.FixtureRequest) -> Manner:
    """Say how the journey is made."""
    made: Manner = request.param
    return made


@pytest.fixture
def prepared(site: str, owner_dsn: str, manner: Manner) -> ground.Ground:
    """Write what the journey begins with."""
    assert site
    return ground.prepare(owner_dsn, language=manner.language)


@pytest.fixture
def seat(chromium: Browser, site: str, manner: Manner) -> Iterator[Callable[[str], Seat]]:
    """Return how to seat somebody before a browser of their own, signed in; they stay there for the whole journey."""
    contexts: list[BrowserContext] = []
    seats: dict[str, Seat] = {}
    inspected: set[str] = set()

    def take(name: str) -> Seat:
        if name not in seats:
            contexts.append(open_browser(chromium, site, manner))
            pictures = PICTURES / manner.language if os.environ.get("PICTURES") and manner.scripts else None
            seats[name] = Seat(name, contexts[-1].new_page(), manner, inspected, pictures)
            come_in(seats[name])
        return seats[name]

    yield take
    for context in contexts:
        context.close()


@pytest.fixture
def nadia(own_database: str, seat: Callable[[str], Seat]) -> Seat:
    """Seat the mentor of the world, who is about to meet her person."""
    actions.make_persona(named("user:nadia"), email="nadia@example.org", order=1, story="A mentor.")
    return seat("nadia")


def open_browser(chromium: Browser, site: str, manner: Manner) -> BrowserContext:
    """Open a browser that remembers nothing of the others."""
    return chromium.new_context(
        base_url=site, java_script_enabled=manner.scripts, accept_downloads=True, reduced_motion="reduce",
        viewport={"width": manner.width, "height": manner.height}, locale=manner.language,
    )  # fmt: skip


def come_in(seat: Seat) -> None:
    """Come in by the door of the demonstration."""
    seat.open("account_login")
    seat.follow("people:door")
    persona = seat.page.locator(f'form:has(input[value="{named(f"user:{seat.name}")}"]) button')
    seat.choose(persona)
    assert seat.page.url.endswith(reverse("today:today"))
