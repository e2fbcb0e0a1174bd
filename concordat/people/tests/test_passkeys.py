"""Passkeys, with a real browser whose authenticator is a virtual one; and what is refused without any."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import CDPSession, Page, expect

from concordat.core.errors import Refused
from concordat.demo.world import named
from concordat.people import second_factor
from concordat.people.models import Membership, Session, User
from concordat.people.seal import seal
from concordat.people.sessions import read
from concordat.people.tests.conftest import PASSWORD, Browser, code_of


@dataclass
class Device:
    """A browser with a telephone beside it that makes and keeps passkeys."""

    page: Page
    devtools: CDPSession
    number: str

    def verify(self, *, user: bool) -> None:
        """Have the finger fit, or not."""
        self.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": user})

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def see(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sign_in(self, user: User) -> None:
        self.page.goto("/account/sign-in/")
        self.page.get_by_label("E-mail address").fill(user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def code(self, user: User) -> None:
        self.page.get_by_label("Code", exact=True).fill(code_of(user))
        self.press("Continue")


@pytest.fixture
def device(chromium: Chromium, site: str) -> Iterator[Device]:
    """Open a browser; whatever the content security policy has to refuse is a failure."""
    context = chromium.new_context(base_url=site)
    context.set_default_timeout(15_000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    yield Device(page, devtools, made["authenticatorId"])
    context.close()
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_a_passkey_is_added_signs_in_alone_and_confirms(device: Device, make_user: Callable[..., User]) -> None:
    adam = make_user("adam")
    device.sign_in(adam)
    device.code(adam)
    device.page.goto("/account/passkeys/")
    device.see("Passkeys")
    found = Axe().run(device.page)
    assert found.violations_count == 0, found.generate_report()
    device.page.get_by_label("What you call it").fill("My telephone")
    device.press("Add a passkey")
    expect(device.page.get_by_role("row", name="My telephone")).to_be_visible()
    assert second_factor.has_app(adam)  # the app stays the way without a script

    device.page.context.clear_cookies()
    device.page.goto("/account/sign-in/")
    device.press("Sign in with a passkey")
    device.see("Today")
    device.page.goto("/people/")
    device.see("Members")  # a second factor was obligatory: the passkey was both

    device.page.context.clear_cookies()
    device.sign_in(adam)
    device.see("Your code")
    device.press("Continue with a passkey")
    device.see("Today")


def test_a_weighty_act_takes_a_passkey_and_loses_nothing(device: Device, make_user: Callable[..., User]) -> None:
    adam = make_user("adam")
    device.sign_in(adam)
    device.page.get_by_label("Code", exact=True).fill(code_of(adam))
    device.press("Continue")
    device.page.goto("/account/passkeys/")
    device.press("Add a passkey")
    expect(device.page.get_by_role("row", name="Passkey 1")).to_be_visible()
    device.page.goto(f"/people/{named('pat')}/roles/")
    device.page.get_by_label("Case officer").check()
    cool_down()
    device.press("Continue")
    device.see("Confirm that it is you")
    device.press("Confirm with a passkey")
    device.see("Check before it changes")
    device.press("Change it")
    device.see("Members")
    assert Membership.objects.using("signin").get(id=named("pat")).roles == ["case_officer", "programme_manager"]


def cool_down() -> None:
    """Have the second factor of every session confirmed half an hour ago."""
    for row in Session.objects.exclude(user=None):
        data = read(row) or {}
        for record in data.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
            record["at"] -= 1800
        row.data = seal(json.dumps(data), use="session", owner=row.key_hash)
        row.save(update_fields=["data"])


def test_a_finger_that_does_not_fit_opens_nothing(device: Device, make_user: Callable[..., User]) -> None:
    adam = make_user("adam")
    device.sign_in(adam)
    device.code(adam)
    device.page.goto("/account/passkeys/")
    device.press("Add a passkey")
    expect(device.page.get_by_role("row", name="Passkey 1")).to_be_visible()
    device.page.context.clear_cookies()
    device.page.goto("/account/sign-in/")
    expect(device.page.get_by_text("The browser gave no passkey.")).to_be_hidden()
    device.verify(user=False)
    device.press("Sign in with a passkey")
    expect(device.page.get_by_text("The browser gave no passkey.")).to_be_visible()
    device.page.goto("/people/")
    device.see("Sign in")


def test_the_first_second_factor_may_be_a_passkey(device: Device, make_user: Callable[..., User]) -> None:
    cass = make_user("cass", app=False)
    device.sign_in(cass)
    device.see("Set up the second factor")
    device.page.get_by_role("link", name="Use a passkey instead").click()
    device.press("Add a passkey")
    device.see("Recovery codes")
    device.page.goto("/cases/")
    device.see("Cases")
    kinds = Authenticator.objects.filter(user_id=cass.id).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "webauthn"]


def test_without_a_script_the_page_says_what_does_the_same(chromium: Chromium, site: str, adam: Browser) -> None:
    page = adam.client.get("/account/passkeys/").content.decode()
    assert "It needs JavaScript in the browser. Without it an authenticator app does the same." in page
    assert "<noscript>" in page
    signing_in = Browser(adam.user).client.get("/account/sign-in/").content.decode()
    assert 'hidden data-passkey="get"' in signing_in  # shown by the script only
    assert "script-src" not in adam.client.get("/account/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("answer", ["", "{}", "null", '{"id": "x", "response": {}}', '{"type": "public-key"}'])
def test_what_is_no_answer_of_a_passkey_signs_nobody_in(make_user: Callable[..., User], answer: str) -> None:
    client = Browser(make_user("pat")).client
    client.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    page = client.post("/account/sign-in/passkey/", {"credential": answer})
    assert page.status_code in (200, 302)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("answer", ["", "{}", "7", '{"id": "x", "response": {}}'])
def test_what_is_no_passkey_is_not_added(adam: Browser, answer: str) -> None:
    adam.client.get("/account/passkeys/")
    assert adam.client.post("/account/passkeys/", {"name": "x", "credential": answer}).status_code == 422
    assert not second_factor.passkeys_of(adam.user)


def test_the_last_second_factor_is_not_removed(make_user: Callable[..., User]) -> None:
    pat = make_user("pat", app=False)
    only = Authenticator.objects.create(user=pat, type="webauthn", data={"name": "Telephone", "credential": {}})
    with pytest.raises(Refused, match="your only second factor"):
        second_factor.remove_passkey(pat, only)
    assert second_factor.passkeys_of(pat)


def test_a_passkey_of_somebody_else_is_not_found(adam: Browser, make_user: Callable[..., User]) -> None:
    pat = make_user("pat")
    other = Authenticator.objects.create(user=pat, type="webauthn", data={"name": "Telephone", "credential": {}})
    assert adam.client.post(f"/account/passkeys/{other.pk}/remove/").status_code == 404
    assert second_factor.passkeys_of(pat)


def test_a_new_app_leaves_the_passkeys(make_user: Callable[..., User]) -> None:
    pat = make_user("pat")
    Authenticator.objects.create(user=pat, type="webauthn", data={"name": "Telephone", "credential": {}})
    second_factor.set_up(pat, secret="JBSWY3DPEHPK3PXP")
    assert len(second_factor.passkeys_of(pat)) == 1


def test_another_passkey_is_added_with_a_fresh_second_factor_only(
    adam: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 11 * 60
    monkeypatch.setattr("concordat.people.second_factor.time.time", lambda: later)
    asked = adam.client.get("/account/passkeys/")
    assert asked.headers["Location"].startswith("/account/confirm/")
    assert adam.client.post("/account/passkeys/", {"credential": "{}"}).status_code == 403


def test_the_first_one_is_set_up_right_after_signing_in_only(
    browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    cass = browser("cass", app=False)
    cass.sign_in(code=False)
    assert cass.client.get("/account/passkeys/").status_code == 200
    later = time.time() + 16 * 60
    monkeypatch.setattr("concordat.people.second_factor.time.time", lambda: later)
    assert cass.client.get("/account/passkeys/").headers["Location"] == "/account/sign-in/"
