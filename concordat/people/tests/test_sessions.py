from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from concordat.demo.world import named
from concordat.people import sessions
from concordat.people.models import Session
from concordat.people.router import SIGNIN
from concordat.people.sessions import SessionStore
from concordat.people.tests.conftest import PASSWORD, Browser

SESSIONS, END, SIGN_IN = "/account/sessions/", "/account/sessions/end/", "/account/sign-in/"


def key_of(browser: Browser) -> str:
    return browser.client.cookies[settings.SESSION_COOKIE_NAME].value


def is_in(browser: Browser) -> bool:
    return browser.client.get("/people/").status_code == HTTPStatus.OK


def test_the_table_holds_neither_key_nor_content(pat: Browser, owner_dsn: str) -> None:
    assert is_in(pat)
    with psycopg.connect(owner_dsn) as owner:
        rows = owner.execute("SELECT * FROM people_session").fetchall()
    text = str(rows)
    assert sha256(key_of(pat).encode()).hexdigest() in text
    assert key_of(pat) not in text
    assert "auth_user" not in text  # what a session holds
    chosen = SessionStore(key_of(pat))["acting"]
    assert chosen == str(named("pat"))
    assert chosen not in text


def test_the_hash_out_of_the_table_opens_nothing(pat: Browser) -> None:
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get(user=pat.user).key_hash
    assert stolen.get("/people/").headers["Location"].startswith(SIGN_IN)


def test_content_moved_to_another_session_opens_nothing(pat: Browser, adam: Browser) -> None:
    content = Session.objects.get(user=adam.user).data
    Session.objects.filter(user=pat.user).update(data=content)
    assert pat.client.get("/people/").headers["Location"].startswith(SIGN_IN)


def test_where_one_is_signed_in(pat: Browser) -> None:
    other = Browser(pat.user, Client(headers={"user-agent": "Mozilla/5.0 (Android 15; Mobile) Firefox/140.0"}))
    other.sign_in()
    page = pat.client.get(SESSIONS).content.decode()
    assert page.count("This is the browser you use now") == 1
    assert "Firefox on Android" in page
    assert "<bdi>Firefox</bdi>" in page


def test_one_other_session_is_ended(pat: Browser) -> None:
    one, two = Browser(pat.user), Browser(pat.user)
    one.sign_in()
    two.sign_in()
    gone = Session.objects.get(key_hash=sha256(key_of(one).encode()).hexdigest())
    pat.client.post(END, {"session": str(gone.id)})
    assert (is_in(pat), is_in(one), is_in(two)) == (True, False, True)


def test_all_other_sessions_are_ended(pat: Browser, adam: Browser, signin_lines: Callable[[], list[str]]) -> None:
    other = Browser(pat.user)
    other.sign_in()
    pat.client.post(END)
    assert (is_in(pat), is_in(other), is_in(adam)) == (True, False, True)
    assert signin_lines()[-1] == "other sessions ended"


def test_a_session_of_somebody_else_is_not_ended(pat: Browser, adam: Browser) -> None:
    pat.client.post(END, {"session": str(Session.objects.get(user=adam.user).id)})
    assert is_in(adam)


def test_a_new_password_ends_the_other_sessions(pat: Browser) -> None:
    other = Browser(pat.user)
    other.sign_in()
    new = {"oldpassword": PASSWORD, "password1": "amber ladder museum", "password2": "amber ladder museum"}
    assert pat.client.post("/account/password/", new).status_code == 302
    assert (is_in(pat), is_in(other)) == (True, False)


def test_a_time_without_activity_ends_a_session(pat: Browser, as_owner: Callable[..., None]) -> None:
    as_owner(
        "UPDATE people_session SET last_seen_at = now() - interval '20 minutes', "
        "expires_at = now() + interval '10 minutes'"
    )
    assert is_in(pat)
    alive = Session.objects.get(user=pat.user)
    assert alive.expires_at - alive.last_seen_at == timedelta(minutes=30)

    as_owner("UPDATE people_session SET expires_at = now()")
    assert pat.client.get("/people/").headers["Location"].startswith(SIGN_IN)


def test_a_session_is_not_written_to_at_every_page(pat: Browser, as_owner: Callable[..., None]) -> None:
    assert is_in(pat)  # the first page remembers for whom somebody acts
    as_owner("UPDATE people_session SET last_seen_at = now() - interval '50 seconds'")
    before = Session.objects.get(user=pat.user).last_seen_at
    with CaptureQueriesContext(connections[SIGNIN]) as asked:
        assert is_in(pat)
    assert Session.objects.get(user=pat.user).last_seen_at == before
    assert not [one for one in asked if one["sql"].startswith("UPDATE")]


def test_a_server_whose_clock_differs_asks_the_database(
    pat: Browser, as_owner: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a session would end under the hands of somebody who works."""
    as_owner("UPDATE people_session SET last_seen_at = now() - interval '5 minutes'")
    monkeypatch.setattr(sessions, "now", lambda: now() - timedelta(minutes=10))
    assert is_in(pat)
    assert now() - Session.objects.get(user=pat.user).last_seen_at < timedelta(minutes=1)


def test_activity_does_not_carry_a_session_beyond_a_working_day(pat: Browser, as_owner: Callable[..., None]) -> None:
    as_owner(
        "UPDATE people_session SET created_at = now() - interval '11 hours 50 minutes', "
        "last_seen_at = now() - interval '5 minutes'"
    )
    assert is_in(pat)
    alive = Session.objects.get(user=pat.user)
    assert alive.expires_at - alive.created_at == timedelta(hours=12)


def test_a_session_that_was_ended_does_not_come_back_when_it_is_saved(own_database: str) -> None:
    store = SessionStore()
    store["a"] = 1
    store.save()
    SessionStore(store.session_key).delete()
    with pytest.raises(UpdateError):
        store.save()


def test_a_key_that_nobody_gave_out_is_not_taken_over(own_database: str) -> None:
    store = SessionStore("chosenbysomebodyelsechosenbysomeb")
    store["a"] = 1
    assert store.session_key is None
