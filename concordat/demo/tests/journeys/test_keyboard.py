"""What is done twenty times a day is done without a mouse, and at each stop one sees where one is."""

from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from concordat.demo.tests.journeys import keyboard
from concordat.demo.tests.journeys.conftest import MANNERS
from concordat.demo.tests.journeys.seat import Seat
from concordat.demo.world import named

BOTH = {name: MANNERS[name] for name in ("with scripts", "without scripts on a telephone")}
pytestmark = pytest.mark.parametrize("manner", BOTH.values(), ids=BOTH, indirect=True)

STOPS = 40  # of the tabulator key between two things that somebody wants
KEYS = 40  # for a whole record, without the letters of the note


@dataclass
class Keyboard:
    """Keys that are pressed one after another."""

    seat: Seat
    pressed: int = 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.seat.page.keyboard.press(key)

    def stop_at(self, selector: str) -> None:
        """Press the tabulator key until what is wanted has the focus; each stop on the way is to be seen."""
        for _stop in range(STOPS):
            self.press("Tab")
            assert self.seat.page.evaluate(keyboard.SEEN), self.seat.page.evaluate("document.activeElement.outerHTML")
            if self.seat.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        pytest.fail(f"{STOPS} stops do not reach {selector} on {self.seat.page.url}")

    def type(self, name: str, words: str) -> None:
        self.stop_at(f'[name="{name}"]')
        self.seat.page.keyboard.type(words)

    def enter(self) -> None:
        """Press the enter key where something leads to another page."""
        self.seat.go(lambda: self.press("Enter"))


def test_a_session_is_recorded_with_the_keyboard_alone(nadia: Seat) -> None:
    nadia.open("delivery:sessions", named("link"))
    keys = Keyboard(nadia)
    keys.stop_at('[href="#main"]')
    keys.press("Enter")
    keys.stop_at(f'[href="{reverse("delivery:record_session", args=[named("link")])}"]')
    keys.enter()
    keys.stop_at('[href="#main"]')
    keys.press("Enter")
    keys.type("time", f"{localtime():%H:%M}")
    keys.stop_at('[name="held"]')
    keys.press("Space")
    keys.type("minutes", "50")
    keys.type("note_routine", "Kept three of four planned activities.")
    keys.stop_at("main button[type=submit]")
    keys.enter()
    assert nadia.route == "delivery:sessions"
    nadia.reads("Kept three of four planned activities.")
    assert keys.pressed <= KEYS, keys.pressed
