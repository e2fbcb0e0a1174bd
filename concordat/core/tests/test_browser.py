"""The ground of the journeys: the real server answers a real browser."""

import urllib.request

import pytest
from playwright.sync_api import Browser, Error


def test_the_site_serves_the_database_of_the_test(site: str) -> None:
    with urllib.request.urlopen(f"{site}/static/concordat/mark.svg") as answer:
        assert answer.status == 200


def test_the_browser_reaches_the_site_and_nothing_else(chromium: Browser, site: str) -> None:
    page = chromium.new_page()
    answer = page.goto(f"{site}/static/concordat/mark.svg")
    assert answer is not None
    assert answer.status == 200
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org")
    page.close()
