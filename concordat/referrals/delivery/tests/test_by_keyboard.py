"""The busiest page of a mentor, without a mouse and without JavaScript, in a real browser."""

import time

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.referrals.models import Session

from .ready import assigned_long_ago

ADDRESS = reverse("delivery:record_session", args=[named("link")])


def seated(chromium: Browser, site: str, name: str) -> Page:
    """Seat somebody who is signed in before a browser that runs no script."""
    cookie = signed_in(name).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return context.new_page()


def test_a_session_is_recorded_by_keyboard_alone_within_a_minute(chromium: Browser, site: str) -> None:
    assigned_long_ago()
    page = seated(chromium, site, "nadia")
    page.goto(site + ADDRESS)
    began, key = time.monotonic(), page.keyboard

    key.press("Tab")  # to the link that skips the header
    key.press("Enter")
    for _day_month_year in range(3):  # today stands there
        key.press("Tab")
    for text in ("00:00", " ", "50", "", "Library and sport, both as planned.", ""):
        key.press("Tab")
        if text == " ":
            key.press("Space")  # the first of the two answers: yes
        else:
            key.type(text)
    key.press("Enter")  # in a note, that is a new line and sends nothing
    key.press("Backspace")
    for _concern_questions_text_told_save in range(5):
        key.press("Tab")
    key.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("The session is recorded.")
    assert time.monotonic() - began < 30
    page.context.close()
    with acting("nadia"):
        session = Session.objects.get()
        assert (session.held, session.minutes, session.notes.get().text) == (
            True,
            50,
            "Library and sport, both as planned.",
        )


def test_what_was_typed_stays_when_something_is_missing(chromium: Browser, site: str) -> None:
    assigned_long_ago()
    page = seated(chromium, site, "nadia")
    page.goto(site + ADDRESS)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Everyday routine").fill("Library and sport.")
    page.get_by_role("button", name="Save the record").click()

    page.get_by_role("link", name="Say how long the session was, in minutes").click()
    expect(page.get_by_label("How long?")).to_be_focused()
    expect(page.get_by_label("Everyday routine")).to_have_value("Library and sport.")
    page.context.close()
