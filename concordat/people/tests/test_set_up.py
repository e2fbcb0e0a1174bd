import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from concordat.people.models import User
from concordat.people.tests.conftest import Browser, code_of

SET_UP, CODES = "/account/second-factor/", "/account/recovery-codes/"


def first_code(page: str) -> str:
    """Return the code that an app shows which was given the key on the page."""
    found = re.search(r"<bdi>([A-Z2-7 ]{30,})</bdi>", page)
    assert found
    return str(format_hotp_value(hotp_value(found[1].replace(" ", ""), int(time.time()) // 30)))


def test_without_a_second_factor_every_page_of_a_member_leads_to_its_set_up(browser: Callable[..., Browser]) -> None:
    pat = browser("pat", app=False)
    pat.sign_in(code=False)
    for address in ("/people/", "/people/invite/", "/account/", "/account/sessions/", "/account/password/"):
        assert pat.client.get(address).headers["Location"] == SET_UP
    assert pat.client.post("/people/invite/", {"roles": "signatory"}).headers["Location"] == SET_UP
    assert "Before anything else set up a second factor" in pat.client.get(SET_UP).content.decode()


def test_who_has_no_role_is_not_asked_for_a_second_factor(
    browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    as_owner("UPDATE people_membership SET roles = '{}' WHERE shown_name = 'Pat Vell'")
    pat = browser("pat", app=False)
    pat.sign_in(code=False)
    assert pat.client.get("/people/").status_code == 200


def test_the_first_code_of_the_app_completes_the_set_up(
    browser: Callable[..., Browser], signin_lines: Callable[[], list[str]]
) -> None:
    pat = browser("pat", app=False)
    pat.sign_in(code=False)
    page = pat.client.get(SET_UP).content.decode()

    assert pat.client.post(SET_UP, {"code": "000000"}).status_code == 422
    done = pat.client.post(SET_UP, {"code": first_code(page)})

    assert done.headers["Location"] == CODES
    assert len(re.findall(r"<bdi>\d{8}</bdi>", pat.client.get(CODES).content.decode())) == 10
    assert pat.client.get("/people/").status_code == 200
    assert signin_lines()[-1] == "second factor set up"


def test_the_second_factor_has_to_be_set_up_soon_after_signing_in(
    browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    pat = browser("pat", app=False)
    pat.sign_in(code=False)
    later = time.time() + 16 * 60
    monkeypatch.setattr("concordat.people.second_factor.time.time", lambda: later)
    assert pat.client.get(SET_UP).headers["Location"] == reverse("account_login")


def test_a_session_from_before_the_second_factor_owes_it(browser: Callable[..., Browser]) -> None:
    early = browser("pat", app=False)
    early.sign_in(code=False)
    other = Browser(early.user)
    other.sign_in(code=False)
    other.client.post(SET_UP, {"code": first_code(other.client.get(SET_UP).content.decode())})

    assert early.client.get("/people/").headers["Location"] == "/account/confirm/?next=%2Fpeople%2F"
    assert early.client.get(SET_UP).headers["Location"].startswith("/account/confirm/")


def test_another_app_takes_the_place_of_the_first_only_with_its_own_code(pat: Browser) -> None:
    old = Authenticator.objects.get(user_id=pat.user.id, type="totp")
    page = pat.client.get(SET_UP).content.decode()
    pat.client.post(SET_UP, {"code": "000000"})
    assert Authenticator.objects.get(user_id=pat.user.id, type="totp").id == old.id

    pat.client.post(SET_UP, {"code": first_code(page)})
    assert Authenticator.objects.get(user_id=pat.user.id, type="totp").id != old.id


def test_a_recovery_code_replaces_the_app_once(pat: Browser) -> None:
    codes = re.findall(r"<bdi>(\d{8})</bdi>", pat.client.get(CODES).content.decode())
    for expected in (302, 200):
        other = Browser(pat.user)
        other.sign_in(code=False)
        assert other.client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_new_recovery_codes_make_the_old_ones_worthless(pat: Browser) -> None:
    old = re.findall(r"<bdi>(\d{8})</bdi>", pat.client.get(CODES).content.decode())
    pat.client.post(CODES)
    new = re.findall(r"<bdi>(\d{8})</bdi>", pat.client.get(CODES).content.decode())
    assert len(new) == 10
    assert not set(old) & set(new)


def test_secrets_lie_sealed_in_the_database(make_user: Callable[..., User], settings: object) -> None:
    user = make_user("pat")
    kept = [value for data in Authenticator.objects.values_list("data", flat=True) for value in data.values()]
    assert code_of(user)
    settings.SEAL_KEY = "another key of at least thirty-two letters"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="does not open"):
        code_of(user)
    assert all(len(str(value)) != 32 for value in kept)  # a secret in the clear has 32 letters
