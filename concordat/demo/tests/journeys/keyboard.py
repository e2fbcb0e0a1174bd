"""Doing things with keys alone: the tabulator to get there, and at each stop one sees where one is."""

import pytest
from playwright.sync_api import Locator, Page

STOPS = 250  # of the tabulator between two things that somebody wants; beyond, nobody would go on
HERE = "wanted => document.activeElement === wanted"
ON_NOTHING = "document.activeElement === document.body"  # between the last stop of a page and its first
SEEN = """() => {
    const focused = document.activeElement
    const item = focused.closest(".govuk-radios__item, .govuk-checkboxes__item")
    const drawn = item?.querySelector("label") || focused
    const styles = [getComputedStyle(drawn), getComputedStyle(drawn, "::before")]
    const outlined = one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2
    return styles.some(one => outlined(one) || one.boxShadow !== "none")
}"""


def reach(page: Page, thing: Locator) -> None:
    """Press the tabulator until something has the focus."""
    for _stop in range(STOPS):
        if thing.evaluate(HERE):
            return
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate(ON_NOTHING) or page.evaluate(SEEN), f"{page.url}: {here}"
    pytest.fail(f"{STOPS} stops do not reach {thing} on {page.url}")


def use(page: Page, thing: Locator) -> None:
    """Press the enter key on a link or a button."""
    reach(page, thing)
    page.keyboard.press("Enter")


def write(page: Page, box: Locator, words: str) -> None:
    """Write over what stands in a field."""
    reach(page, box)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words) if words else page.keyboard.press("Delete")


def tick(page: Page, box: Locator, *, ticked: bool = True) -> None:
    """Tick a box, or go to one answer of several: the tabulator leads to the group, the arrows to the answer."""
    if box.get_attribute("type") == "radio":
        group = f'main [name="{box.get_attribute("name")}"]'
        answers = page.locator(group)
        first = page.locator(f"{group}:checked") if page.locator(f"{group}:checked").count() else answers.first
        reach(page, first)
        for _answer in range(answers.count()):
            if box.evaluate(HERE):
                break
            page.keyboard.press("ArrowDown")
    else:
        reach(page, box)
    if box.is_checked() != ticked:
        page.keyboard.press("Space")
    assert box.is_checked() == ticked, f"{page.url}: {box}"


def pick(page: Page, box: Locator, value: str) -> None:
    """Go down a list until a value is chosen."""
    reach(page, box)
    page.keyboard.press("Home")
    for _line in range(box.locator("option").count()):
        if box.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    assert box.input_value() == value, f"{page.url}: {box} has no {value}"
