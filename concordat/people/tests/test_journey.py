"""Coming in, acting with care and going out, in a real browser on the real server, with and without JavaScript."""

import re
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from concordat.core.testing.browser import chromium, site
from concordat.demo.world import acting, named
from concordat.people import actions
from concordat.people.models import Membership, User
from concordat.people.tests.conftest import PASSWORD, code_of

__all__ = ["chromium", "site"]  # fixtures


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Page]:
    """Open a page in a fresh browser; whatever the content security policy has to refuse is a failure."""
    context = chromium.new_context(base_url=site, java_script_enabled=request.param)
    opened, complaints = context.new_page(), list[str]()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [text for text in complaints if "Content Security Policy" in text] == []


def look(page: Page, heading: str) -> None:
    """Check that this is the page, and that it is accessible (which needs JavaScript to measure)."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    if page.locator("noscript").count() == 0 and runs_scripts(page):
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
