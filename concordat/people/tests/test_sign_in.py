from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from concordat.people.models import User
from concordat.people.tests.conftest import PASSWORD, Browser, code_of

MEMBERS, SIGN_IN = "/people/", "/account/sign-in/"


def test_password_and_code_open_the_pages_of_a_member(browser: Callable[..., Browser]) -> None:
    pat = browser("pat")

    asked = pat.client.post(SIGN_IN, {"login": "PAT@example.org", "password": PASSWORD})
    assert asked.headers["Location"] == reverse("mfa_authenticate")
    assert pat.client.get(MEMBERS).status_code == 302  # the password alone opens nothing

    pat.client.post(asked.headers["Location"], {"code": code_of(pat.user)})
    assert "Prison Service" in pat.client.get(MEMBERS).content.decode()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    make_user: Callable[..., User], signin_lines: Callable[[], list[str]]
) -> None:
    make_user("pat")
    pages = [
        Client().post(SIGN_IN, {"login": f"{who}@example.org", "password": "no such words"}).content.decode()
        for who in ("pat", "nobody")
    ]
    assert "The e-mail address or the password is not right." in pages[0]
    assert without_secrets(pages[0], "pat") == without_secrets(pages[1], "nobody")
    assert signin_lines() == ["second factor set up", "sign-in failed", "sign-in failed"]


def without_secrets(page: str, name: str) -> str:
    lines = page.replace(f"{name}@example.org", "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(make_user: Callable[..., User]) -> None:
    make_user("pat")
    for _attempt in range(5):
        Client().post(SIGN_IN, {"login": "pat@example.org", "password": "no such words"})
    page = Client().post(SIGN_IN, {"login": "pat@example.org", "password": PASSWORD})
    assert "Wait five minutes" in page.content.decode()


def test_a_code_counts_once(browser: Callable[..., Browser]) -> None:
    pat = browser("pat")
    code = code_of(pat.user)
    for expected in (302, 200):
        other = Browser(pat.user)
        other.sign_in(code=False)
        assert other.client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_a_wrong_code_is_logged(browser: Callable[..., Browser], signin_lines: Callable[[], list[str]]) -> None:
    pat = browser("pat")
    pat.sign_in(code=False)
    page = pat.client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in page.content.decode()
    assert signin_lines()[-1] == "second factor failed"


def test_guessing_codes_is_slow(browser: Callable[..., Browser]) -> None:
    pat = browser("pat")
    pat.sign_in(code=False)
    for _attempt in range(5):
        pat.client.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = pat.client.post(reverse("mfa_authenticate"), {"code": code_of(pat.user)})
    assert "Wait five minutes" in page.content.decode()


def test_the_page_says_who_could_read_what_is_kept(own_database: str, settings: object) -> None:
    settings.OPERATOR = "the computing centre of the ministry"  # type: ignore[attr-defined]
    page = Client().get(SIGN_IN).content.decode()
    assert "run by the computing centre of the ministry" in page
    assert "could read what is kept on it about people and cases" in page


def test_the_last_visit_is_shown(pat: Browser) -> None:
    assert "You last signed in" not in pat.client.get(MEMBERS).content.decode()
    again = Browser(pat.user)
    again.sign_in()
    assert "You last signed in" in again.client.get(MEMBERS).content.decode()


def test_an_account_that_was_closed_is_out_at_once(pat: Browser, as_owner: Callable[..., None]) -> None:
    as_owner("UPDATE people_user SET is_active = false")
    assert pat.client.get(MEMBERS).headers["Location"].startswith(SIGN_IN)
    assert Browser(pat.user).sign_in(code=False).headers["Location"] == reverse("account_inactive")


def test_the_way_back_of_the_browser_shows_nothing_after_signing_out(pat: Browser) -> None:
    assert "no-store" in pat.client.get(MEMBERS).headers["Cache-Control"]


def test_the_language_of_the_account_unless_the_browser_has_chosen(browser: Callable[..., Browser]) -> None:
    pat = browser("pat")
    User.objects.filter(id=pat.user.id).update(language="ar")
    pat.sign_in()
    assert 'lang="ar" dir="rtl"' in pat.client.get(MEMBERS).content.decode()

    other = Browser(pat.user)
    other.client.post("/language/", {"language": "en"})
    other.sign_in()
    assert 'lang="en" dir="ltr"' in other.client.get(MEMBERS).content.decode()


def test_counts_and_codes_whose_time_is_over_are_removed(
    browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    pat = browser("pat")
    as_owner("INSERT INTO people_cache VALUES ('old', '', now() - interval '1 second')")
    as_owner("INSERT INTO people_cache VALUES ('new', '', now() + interval '1 day')")
    pat.sign_in()
    with connections["signin"].cursor() as cursor:
        cursor.execute("SELECT cache_key FROM people_cache WHERE cache_key IN ('old', 'new')")
        assert cursor.fetchall() == [("new",)]


def test_signing_out_ends_the_session(pat: Browser, signin_lines: Callable[[], list[str]]) -> None:
    cookie = pat.client.cookies.output()
    pat.client.post("/account/sign-out/")
    pat.client.cookies.load(cookie.replace("Set-Cookie: ", ""))
    assert pat.client.get(MEMBERS).headers["Location"].startswith(SIGN_IN)
    assert signin_lines()[-1] == "signed out"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_server(browser: Callable[..., Browser], elsewhere: str) -> None:
    assert browser("pat").sign_in(then=elsewhere).headers["Location"] == "/"


def test_nobody_signs_up(own_database: str) -> None:
    assert Client().get("/account/signup/").status_code == 404
