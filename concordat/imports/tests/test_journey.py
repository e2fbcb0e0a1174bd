"""An import officer's whole way in a real browser on the real server, with and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from concordat.core.testing.visitor import signed_in
from concordat.imports.tests.making import FULL_HEADING, KESTREL, bring_in, full, officer
from concordat.imports.tests.reading_samples import as_csv

OTHER = ["f", "Arabic", "2024-02-01", "03/04/2024", "2028-05-03", "conditional"]
TITLES: list[list[str]] = [["Prison Service: caseload"], []]
ROWS = [
    *TITLES, [*FULL_HEADING, "Religion"],
    full("A-1", more=OTHER, establishment=KESTREL), full("A-2", more=OTHER),
    full("A-3", more=OTHER, birth_date="1990-02-31"), full("A-4", more=OTHER, service_purpose=""), ["Total", "4"],
]  # fmt: skip


class Officer:
    """The officer before a browser; every page is looked at by axe where scripts run."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts

    def see(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        if self.scripts:
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=link, exact=True).click()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def ines(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Officer]:
    """Seat the import officer before a narrow screen."""
    context = chromium.new_context(
        base_url=site, java_script_enabled=request.param, viewport={"width": 375, "height": 800}
    )
    context.set_default_timeout(20_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": signed_in("ines").cookies[name].value, "url": site}])
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    yield Officer(page, scripts=request.param)
    context.close()
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_from_the_file_to_the_wrong_rows(ines: Officer, tmp_path: Path) -> None:
    with officer() as by:
        bring_in(full("A-1"), by=by, heading=FULL_HEADING)
    file = tmp_path / "caseload.csv"
    file.write_bytes(as_csv(ROWS, ";", "windows-1252"))
    ines.page.goto("/imports/")
    ines.see("Caseload files")
    ines.follow("Bring in a caseload")
    ines.see("Bring in a caseload")
    ines.page.get_by_label("Caseload file").set_input_files(file)
    ines.press("Read the file")
    ines.see("Which column holds what?")
    ines.press("Confirm the columns")
    ines.see("How are the dates written?")
    ines.page.get_by_label("Day first, then the month").check()
    ines.press("Go on to the preview")
    for tab in ("Wrong rows (1)", "Differences (1)", "New people (1)"):
        ines.follow(tab)
        ines.see("Check before you load")
    ines.press("Load 2 people")
    ines.see("2 people loaded")
    with ines.page.expect_download() as started:
        ines.press("Fetch 1 wrong row")
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    assert "Birth date 1990-02-31 does not exist" in text
    assert "Religion" not in text


def test_a_file_is_thrown_away(ines: Officer, tmp_path: Path) -> None:
    file = tmp_path / "caseload.csv"
    file.write_bytes(as_csv(ROWS))
    ines.page.goto("/imports/new/")
    ines.page.get_by_label("Caseload file").set_input_files(file)
    ines.press("Read the file")
    ines.follow("Throw this file away")
    ines.see("Throw this file away?")
    ines.press("Throw it away")
    ines.see("Caseload files")
    expect(ines.page.get_by_text("Thrown away")).to_be_visible()
