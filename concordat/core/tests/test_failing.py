"""When the machine fails, the page says so in words, nothing is half done, and what was typed can be sent again."""

import errno
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import QueryDict
from django.test import RequestFactory

from concordat.core import failing
from concordat.core.errors import Refused
from concordat.core.testing import throwaway
from concordat.core.testing.visiting import browser_of

Outage = Callable[[str, str], AbstractContextManager[None]]
BACK_WITHIN = 30.0  # seconds


def database_error(code: str) -> OperationalError:
    error = OperationalError("what somebody typed")
    error.__cause__ = psycopg.errors.lookup(code)("what somebody typed")
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OperationalError("server closed the connection"), failing.AWAY),
        (InterfaceError("connection already closed"), failing.AWAY),
        (database_error("57P01"), failing.AWAY),
        (database_error("53300"), failing.AWAY),
        (database_error("53100"), failing.FULL),
        (OSError(errno.ENOSPC, "No space left on device"), failing.FULL),
        (database_error("25006"), failing.READ_ONLY),
        (database_error("57014"), failing.SLOW),
        (database_error("55P03"), failing.SLOW),
        (database_error("40P01"), failing.SLOW),
    ],
)
def test_what_passes_by_itself_has_a_sentence(error: Exception, sentence: object) -> None:
    assert failing.sentence_of(error) == str(sentence)


@pytest.mark.parametrize(
    "error",
    [None, ValueError("x"), Refused("x"), ProgrammingError("x"), database_error("42601"), OSError(errno.EPERM, "x")],
)
def test_a_mistake_of_ours_is_not_excused(error: Exception | None) -> None:
    assert failing.sentence_of(error) == ""


def test_what_was_typed_is_kept_but_no_secret() -> None:
    request = RequestFactory().post("/x/")
    request.POST = QueryDict("csrfmiddlewaretoken=t&text=one&text=two&password=p&new_password1=p&second-factor-code=c")
    assert failing.typed(request) == [("csrfmiddlewaretoken", "t"), ("text", "one"), ("text", "two")]


def test_it_is_never_sent_to_another_server() -> None:
    request = RequestFactory().get("/?y=1")
    request.path = "//elsewhere.example/x"
    assert failing.own_address(request) == "/elsewhere.example/x?y=1"


@pytest.fixture
def outage(template_database: Path, own_database: str) -> Outage:
    """Return how to change the database of this test, throw everybody out, and put it back."""
    dsn = throwaway.cluster(template_database).dsn("postgres", "postgres")

    @contextmanager
    def have(change: str, back: str) -> Iterator[None]:
        throw_out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(dsn, autocommit=True) as superuser:
            superuser.execute(f"ALTER DATABASE {own_database} {change}".encode())
            superuser.execute(throw_out, [own_database])
            try:
                yield
            finally:
                superuser.execute(f"ALTER DATABASE {own_database} {back}".encode())
                superuser.execute(throw_out, [own_database])

    return have


class Browser:
    """Somebody who opens pages of the real server."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **fields: str) -> tuple[int, str]:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(self.site + path, data=data, timeout=40) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()

    def open_when_back(self, path: str) -> float:
        """Return how many seconds it took until the page came."""
        began = time.monotonic()
        while time.monotonic() - began < BACK_WITHIN:
            if self.open(path)[0] == 200:
                break
            time.sleep(0.2)
        return time.monotonic() - began


def test_a_lost_database_is_said_in_words_and_forgotten_when_it_is_back(site: str, outage: Outage) -> None:
    browser = Browser(site)
    status, page = browser.open("/account/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert (status, bool(token)) == (200, True)
    assert token is not None
    typed = {"csrfmiddlewaretoken": token[1], "login": "somebody@example.org", "password": "their password"}
    with outage("ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true"):
        status, page = browser.open("/account/sign-in/", **typed)
        assert status == 503
        assert str(failing.AWAY) in page
        assert 'name="login" value="somebody@example.org"' in page
        assert "Send it again" in page
        assert "their password" not in page
        assert browser.open("/health") == (503, "not ok\nthe database does not answer\n")
        assert browser.open("/health/live") == (200, "ok\n")
    assert browser.open_when_back("/account/sign-in/") < BACK_WITHIN


def test_a_database_that_takes_no_changes_can_still_say_so(site: str, outage: Outage) -> None:
    browser = Browser(site)
    cookies = [f"{name}={morsel.value}" for name, morsel in browser_of("nadia").cookies.items()]
    browser.opener.addheaders.append(("Cookie", "; ".join(cookies)))
    assert browser.open("/")[0] == 200
    with outage("SET default_transaction_read_only = on", "RESET default_transaction_read_only"):
        status, page = browser.open("/")
        assert status == 503
        assert str(failing.READ_ONLY) in page
    assert browser.open_when_back("/") < BACK_WITHIN


def test_a_clock_that_jumps_either_way_opens_nothing_and_breaks_nothing(
    site: str, own_database: str, template_database: Path
) -> None:
    browser = Browser(site)
    cookies = [f"{name}={morsel.value}" for name, morsel in browser_of("nadia").cookies.items()]
    browser.opener.addheaders.append(("Cookie", "; ".join(cookies)))
    assert 'name="password"' not in browser.open("/")[1]
    ahead = (
        "INSERT INTO ledger_entry (id, at, kind, what, purpose) VALUES (gen_random_uuid(), now() + %s, 'x', 'x', '')"
    )
    with psycopg.connect(throwaway.cluster(template_database).dsn("postgres", own_database), autocommit=True) as owner:
        owner.execute(ahead, [timedelta(hours=13)])  # the clock jumped ahead, a line was written, and it was set back
        status, page = browser.open("/")
        assert (status, 'name="password"' in page) == (200, True)  # every session is over
        row = owner.execute("SELECT ledger.clock() - clock_timestamp() > interval '12 hours'").fetchone()
    assert row == (True,)  # what has ended stays ended
