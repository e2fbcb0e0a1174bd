"""Somebody sees when and with what they were here before, and what failed since."""

from collections.abc import Callable

import pytest
from django.test import Client

from concordat.people.devices import device_of
from concordat.people.models import User
from concordat.people.tests.conftest import Browser

WRONG = {"login": "pat@example.org", "password": "not the one at all"}


def again(user: User, agent: str) -> Browser:
    seated = Browser(user, Client(headers={"user-agent": agent}))
    seated.sign_in()
    return seated


@pytest.mark.parametrize("page", ["/", "/account/"])
def test_the_last_time_and_the_browser_are_shown(pat: Browser, page: str) -> None:
    assert "This is the first time that you have signed in." in pat.client.get(page).content.decode()
    second = again(pat.user, "Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/140.0")
    assert "You last signed in on" in second.client.get(page).content.decode()
    third = again(pat.user, "something else")
    assert "with Firefox on Linux." in third.client.get(page).content.decode()


def test_failed_attempts_since_are_counted_by_password_and_by_code(pat: Browser) -> None:
    for _attempt in range(2):
        Client().post("/account/sign-in/", WRONG)
    half = Client()
    half.post("/account/sign-in/", {"login": pat.user.email, "password": "violet kettle orchard"})
    half.post("/account/sign-in/code/", {"code": "000000"})
    page = again(pat.user, "Firefox").client.get("/").content.decode()
    assert "Somebody tried 3 times since then to sign in as you, and failed." in page
    page = again(pat.user, "Firefox").client.get("/").content.decode()
    assert "since then to sign in as you" not in page


def test_attempts_on_one_account_are_not_counted_on_another(pat: Browser, make_user: Callable[..., User]) -> None:
    make_user("cass")
    Client().post("/account/sign-in/", WRONG | {"login": "cass@example.org"})
    Client().post("/account/sign-in/", WRONG | {"login": "nobody@example.org"})
    assert User.objects.get(pk=pat.user.pk).failed == 0
    assert User.objects.get(email="cass@example.org").failed == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit Version/18 Safari/605", "Safari on macOS"),
        ("curl/8", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_in_a_few_words(agent: str, words: str) -> None:
    assert device_of(agent) == words
