"""Coming in, acting with care and going out, in a real browser on the real server, with and without JavaScript."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from concordat.demo.world import acting, named
from concordat.people import actions
from concordat.people.models import Membership, User
from concordat.people.tests.conftest import PASSWORD, code_of


@dataclass
class Visit:
    """A fresh browser at the site."""

    page: Page
    scripts: bool

    def see(self, heading: str) -> None:
        """Check that this page is shown, and, where scripts can measure it, that it is accessible."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        if self.scripts:
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()

    def fill(self, **typed: str) -> None:
        """Type texts into the fields of these labels, with spaces for underscores."""
        for label, text in typed.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def sign_in(self, user: User) -> None:
        """Sign in with password and code."""
        self.fill(**{"E-mail address": user.email, "Password": PASSWORD})
        self.press("Sign in")
        self.see("Your code")
        self.fill(Code=code_of(user))
        self.press("Continue")


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def visit(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Visit]:
    """Open a browser; whatever the content security policy has to refuse is a failure."""
    context = chromium.new_context(base_url=site, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    yield Visit(page, request.param)
    context.close()
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_somebody_new_comes_in_from_paper(visit: Visit) -> None:
    with acting("adam", level=2) as adam:
        invited = actions.invite(
            adam.organisation,
            shown_name="Ann Lee",
            title="Officer",
            roles=["case_officer"],
            email="ann@example.org",
            by=adam,
        )
    visit.page.goto("/people/")
    visit.see("Sign in")
    visit.page.get_by_role("link", name="I have an invitation").click()
    visit.see("Take up an invitation")
    visit.fill(Code_of_the_invitation=invited.code.lower())
    visit.press("Continue")
    visit.see("Your invitation")
    visit.fill(Choose_a_password=PASSWORD, The_password_once_more=PASSWORD)
    visit.press("Take up the invitation")

    visit.page.goto("/people/")
    visit.see("Set up the second factor")
    key = re.sub(r"\s", "", visit.page.locator("bdi", has_text=re.compile("^[A-Z2-7 ]{30,}$")).inner_text())
    visit.fill(Code_that_the_app_shows_now=format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    visit.press("Continue")
    visit.see("Recovery codes")

    visit.page.goto("/account/")
    visit.see("Your account")
    visit.page.goto("/account/sessions/")
    visit.see("Where you are signed in")
    visit.page.goto("/people/")
    visit.see("Members")
    visit.page.get_by_role("link", name="Sign out").click()
    visit.see("Sign out?")
    visit.press("Sign out")
    visit.see("Sign in")


def test_a_weighty_act_asks_for_the_code_and_loses_nothing(visit: Visit, make_user: Callable[..., User]) -> None:
    actions.make_persona(named("user:adam"), email="adam@demo.example", order=1, story="Looks after the members.")
    visit.page.goto("/demo-door/")
    visit.see("The people of the demonstration")
    visit.press("Sign in Adam Reed")

    visit.page.goto(f"/people/{named('pat')}/roles/")
    visit.see("Confirm that it is you")
    visit.fill(Code=visit.page.locator("strong bdi").inner_text())
    visit.press("Continue")
    visit.see("Roles and post of Pat Vell")


def test_what_was_typed_goes_on_with_the_code(
    visit: Visit, make_user: Callable[..., User], as_owner: Callable[..., None]
) -> None:
    adam = make_user("adam")
    visit.page.goto("/people/")
    visit.sign_in(adam)
    visit.page.goto(f"/people/{named('pat')}/roles/")
    visit.page.get_by_label("Case officer").check()

    as_owner("UPDATE people_session SET expires_at = now() - interval '1 second'")
    visit.press("Continue")
    visit.see("Sign in")
    visit.sign_in(adam)
    visit.see("What you had typed")
    visit.press("Send it again")
    visit.see("Check before it changes")
    visit.press("Change it")
    visit.see("Members")
    assert Membership.objects.using("signin").get(id=named("pat")).roles == ["case_officer", "programme_manager"]


def test_an_invitation_is_printed(visit: Visit, make_user: Callable[..., User]) -> None:
    adam = make_user("adam")
    visit.page.goto("/people/invite/")
    visit.sign_in(adam)
    visit.see("Invite somebody")
    visit.fill(Name_shown_to_others="Ann Lee", Post="Officer")
    visit.page.get_by_label("E-mail address").fill("ann@example.org")
    visit.page.get_by_label("Case officer").check()
    visit.page.get_by_label("On paper, which I print and hand over").check()
    visit.press("Invite")
    visit.see("Invitation")
    expect(visit.page.get_by_text(re.compile(r"^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$"))).to_be_visible()
