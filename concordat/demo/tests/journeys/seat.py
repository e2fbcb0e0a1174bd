"""Somebody in front of a browser: opens pages, follows links, fills in forms, and looks at every page that comes.

Links and forms are found by where they lead and fields by their names, so that a journey reads the same in each
language. Every page that is reached is inspected: its direction, its width, its accessibility, what the console says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve, reverse
from django.utils.timezone import localdate
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, ViewportSize, expect

from concordat.demo.tests.journeys import keyboard, names

AXE = Axe()
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
GRAVE = ("serious", "critical")
RIGHT_TO_LEFT = ("ar",)
BUTTON = "main form[method=post] button[type=submit]:not([name=draft-keep])"
NOT_LOADED = "Failed to load resource"
DONE, ASKED_FOR_CODE = 200, 403
LARGEST_PICTURE = 220_000  # bytes; French takes more room than English
WIDE: ViewportSize = {"width": 1280, "height": 860}
NARROW: ViewportSize = {"width": 375, "height": 760}


@dataclass(frozen=True)
class Manner:
    """How a journey is made: with or without scripts, in which language, on how wide a screen, with a mouse or without.

    A screen of 320 pixels is also one of 1280 at a zoom of 400 per cent (WCAG 1.4.10).
    """

    scripts: bool
    language: str
    width: int
    height: int = 900
    keys_alone: bool = False


@dataclass
class Seat:
    """Somebody in front of a browser."""

    name: str
    page: Page
    manner: Manner
    inspected: set[str]  # routes whose accessibility was checked on this journey
    pictures: Path | None = None
    complaints: list[str] = field(default_factory=list)
    status: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, said: ConsoleMessage) -> None:
        about_the_page = said.text.startswith(NOT_LOADED) and said.location["url"].split("#")[0] == self.page.url
        if said.type in {"error", "warning"} and not about_the_page:
            self.complaints.append(f"{self.page.url}: {said.text}")

    # ---- going somewhere -------------------------------------------------------------------------------------------

    def open(self, route: str, *args: object, query: str = "", status: int = 200) -> None:
        """Type in an address; a 404 is looked at like any other page."""
        self.go(lambda: self.page.goto(reverse(route, args=args) + query), status)

    def follow(self, route: str, *args: object, query: str = "") -> None:
        """Click the link on this page that leads to a route; there has to be one."""
        self.choose(self.link(route, *args, query=query))

    def link(self, route: str, *args: object, query: str = "") -> Locator:
        return self._there(f'a[href="{reverse(route, args=args)}{query}"]')

    def offers(self, route: str, *args: object) -> None:
        """Check that this page leads to a route."""
        expect(self.link(route, *args)).to_be_visible()

    def _there(self, selector: str, *, last: bool = False) -> Locator:
        """Return what stands on this page; nothing comes later, so there is nothing to wait for."""
        found = self.page.locator(selector)
        assert found.count(), f"{self.name} sees no {selector} at {self.page.url}:\n{self.text()}"
        return found.last if last else found.first

    def press(self, route: str, *args: object) -> None:
        """Press the button that sends something to a route without asking for anything."""
        path = reverse(route, args=args)
        self.choose(self._there(f'form[action="{path}"] button, form[action^="{path}?"] button'))

    def send(self, *, status: int = 200, **typed: Any) -> None:  # noqa: ANN401 - what is typed into each field
        """Fill in fields by their names and press the button of the page's form."""
        self.type(**typed)
        self.choose(self._there(BUTTON, last=True), status=status)

    def download(self, **typed: Any) -> str:  # noqa: ANN401 - what is typed into each field
        """Press the last button of the page, which hands over a file, and read that."""
        self.type(**typed)
        with self.page.expect_download() as handed:
            self._use(self._there(BUTTON, last=True))
        return Path(handed.value.path()).read_text(encoding="utf-8-sig")

    def fetch(self, route: str, *args: object) -> str:
        """Ask the interface for machines, with the session of this browser."""
        return self.page.request.get(reverse(route, args=args)).text()

    def fetch_status(self, route: str, *args: object) -> int:
        return self.page.request.get(reverse(route, args=args)).status

    def choose(self, thing: Locator, *, status: int = 200) -> None:
        """Use a link or a button that leads to another page, and look at that."""
        self.go(lambda: self._use(thing), status)

    def _use(self, thing: Locator) -> None:
        keyboard.use(self.page, thing) if self.manner.keys_alone else thing.click()

    def go(self, act: Callable[[], object], status: int = 200) -> None:
        """Do something that leads to another page, and look at that."""
        with self.page.expect_navigation() as went:
            act()
        self.arrive(went.value, status)

    # ---- typing ----------------------------------------------------------------------------------------------------

    def type(self, **typed: Any) -> None:  # noqa: ANN401 - what is typed into each field
        """Fill in fields by their names: a text, a day, an answer of several, or a list of them."""
        for name, value in typed.items():
            if isinstance(value, date):
                self._type_day(name, value)
            elif isinstance(value, bool):
                self._tick(self.page.locator(f'main [name="{name}"]'), ticked=value)
            else:
                for one in value if isinstance(value, list) else [value]:
                    self._type_one(name, str(one))

    def _type_day(self, name: str, day: date) -> None:
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            self._write(self.page.locator(f'main [name="{name}_{part}"]'), str(number))

    def _write(self, box: Locator, words: str) -> None:
        keyboard.write(self.page, box, words) if self.manner.keys_alone else box.fill(words)

    def _tick(self, box: Locator, *, ticked: bool = True) -> None:
        keyboard.tick(self.page, box, ticked=ticked) if self.manner.keys_alone else box.set_checked(ticked)

    def _pick(self, box: Locator, value: str) -> None:
        keyboard.pick(self.page, box, value) if self.manner.keys_alone else box.select_option(value)

    def _type_one(self, name: str, value: str) -> None:
        box = self.page.locator(f'main [name="{name}"]').first
        kind = box.evaluate("box => box.localName + (box.type || '')")
        if kind in {"inputradio", "inputcheckbox"}:
            self._tick(self.page.locator(f'main [name="{name}"][value="{value}"]'))
        elif kind.startswith("select"):
            self._pick(box, value)
        elif kind == "inputfile":
            box.set_input_files(value)
        else:
            self._write(box, value)

    # ---- looking ---------------------------------------------------------------------------------------------------

    @property
    def route(self) -> str:
        """The name of the route that this page came from."""
        return resolve(urlsplit(self.page.url).path).view_name

    @property
    def ids(self) -> dict[str, Any]:
        """What the address of this page names."""
        return dict(resolve(urlsplit(self.page.url).path).kwargs)

    def ids_of(self, route: str) -> dict[str, Any]:
        """Return what the form on this page that sends something to a route names in its address."""
        actions = self.page.locator("main form[action]").evaluate_all(
            "all => all.map(one => one.getAttribute('action'))"
        )
        found = [resolve(urlsplit(action).path) for action in actions]
        return next(dict(one.kwargs) for one in found if one.view_name == route)

    def arrive(self, response: Response | None, status: int) -> None:
        """Look at a page that has come."""
        self.status = response.status if response else 0
        if self.route == "people:confirm" and status == DONE:
            status = ASKED_FOR_CODE
        assert self.status == status, f"{self.name} at {self.page.url} got {self.status}: {self.text()[:600]}"
        self.look()

    def look(self) -> None:
        """Check what every page has to be; the rules of accessibility once for each route."""
        direction = "rtl" if self.manner.language in RIGHT_TO_LEFT else "ltr"
        expect(self.page.locator("html")).to_have_attribute("dir", direction)
        expect(self.page.locator("html")).to_have_attribute("lang", self.manner.language)
        expect(self.page.locator("h1")).to_have_count(1)
        wide, shown = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= shown, f"{self.page.url} scrolls sideways: {wide} in {shown} px\n{self._too_wide()}"
        if self.manner.scripts and self.route not in self.inspected:
            self.inspected.add(self.route)
            found = AXE.run(self.page, options=RULES)
            grave = [one for one in found.response["violations"] if one["impact"] in GRAVE]
            assert not grave, f"{self.page.url}: {[describe(one) for one in grave]}"
            nameless = names.nameless(self.page)
            assert not nameless, f"{self.page.url}: a screen reader has no name for {nameless}"
        assert not self.complaints, self.complaints

    def _too_wide(self) -> str:
        """Name what sticks out, for whoever has to mend it."""
        return str(self.page.evaluate(STICKS_OUT))

    def main(self) -> str:
        return self.page.locator("main").inner_text()

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def reads(self, *words: str) -> None:
        """Check that words stand on the page; only what was typed is looked for in other languages than English."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def says(self, *words: str) -> None:
        """Check sentences of the product, where the journey is made in English."""
        if self.manner.language == "en":
            self.reads(*words)

    def heading(self, words: str) -> None:
        if self.manner.language == "en":
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def keeps(self, **typed: str) -> None:
        """Check that fields still hold what was typed."""
        for name, value in typed.items():
            expect(self.page.locator(f'main [name="{name}"]')).to_have_value(value)

    def picture(self, name: str, *, at: str = "body") -> None:
        """Take pictures for the guide, where the run is asked for them: what shows beginning with an element."""
        if self.pictures:
            self._take(self.pictures / f"{name}.png", WIDE, at)
            self._take(self.pictures / f"{name}-375.png", NARROW, at)
            self.page.set_viewport_size({"width": self.manner.width, "height": self.manner.height})

    def _take(self, taken: Path, size: ViewportSize, at: str) -> None:
        taken.parent.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size(size)
        self.page.locator(at).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 20)")
        self.page.screenshot(path=taken)
        assert taken.stat().st_size < LARGEST_PICTURE, f"{taken} is too large for a guide"

    # ---- the second factor -----------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Type in the code of the second factor, which the demonstration shows."""
        assert self.route == "people:confirm", self.page.url
        code = re.search(r"\b\d{6}\b", self.page.locator("main").inner_text())
        assert code, self.text()
        typed: dict[str, Any] = {"second-factor-code": code[0]}
        self.send(**typed)


STICKS_OUT = """[...document.querySelectorAll("body *")]
    .filter(one => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1 })
    .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""


def describe(violation: dict[str, Any]) -> str:
    places = [(node["html"][:160], node["failureSummary"][:200]) for node in violation["nodes"][:3]]
    return f"{violation['id']} ({violation['impact']}): {places}"


def days_ago(number: int) -> date:
    return localdate() - timedelta(days=number)
