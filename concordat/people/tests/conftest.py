"""People of the tests who sign in, over HTTP, exactly as a browser does; what they write is committed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client
from django.urls import reverse

from concordat.demo.world import named
from concordat.people import second_factor
from concordat.people.models import User
from concordat.people.spent import is_spent

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page  # a name of the stubs only

PASSWORD = "violet kettle orchard"


def code_of(user: User) -> str:
    """Return what the authenticator app of a user shows: the first code that is not spent."""
    app = Authenticator.objects.get(user_id=user.id, type="totp")
    step = int(time.time()) // 30
    codes: list[str] = [
        format_hotp_value(hotp_value(decrypt(app.data["secret"]), step + ahead)) for ahead in (0, 1, -1)
    ]
    return next(code for code in codes if not is_spent(user.id, code))


@dataclass
class Browser:
    """A browser with somebody in front of it."""

    user: User
    client: Client = field(default_factory=lambda: Client(headers={"user-agent": "Firefox of the tests"}))

    def sign_in(self, *, code: bool = True, then: str = "") -> "Page":
        """Type in address and password, and the code where it is asked."""
        address = reverse("account_login") + (f"?next={then}" if then else "")
        typed = {"login": self.user.email, "password": PASSWORD, "next": then}
        page = self.client.post(address, typed)
        if code:
            assert page.headers["Location"] == reverse("mfa_authenticate"), page.content.decode()
            page = self.client.post(page.headers["Location"], {"code": code_of(self.user)})
            assert page.status_code == HTTPStatus.FOUND, page.content.decode()
        return page


@pytest.fixture
def make_user(own_database: str) -> Callable[..., User]:
    """Return how to give somebody of the world an account: `make_user("adam")`; without an app with `app=False`."""

    def make(name: str, *, app: bool = True) -> User:
        user = User(id=named(f"user:{name}"), email=f"{name}@example.org")
        user.set_password(PASSWORD)
        user.save(force_insert=True)
        if app:
            second_factor.set_up(user, secret=generate_totp_secret())
        return user

    return make


@pytest.fixture
def browser(make_user: Callable[..., User]) -> Callable[..., Browser]:
    """Return how to seat somebody of the world before a browser."""
    return lambda name, **options: Browser(make_user(name, **options))


@pytest.fixture
def adam(browser: Callable[..., Browser]) -> Browser:
    """Sign in the administrator of the prison service."""
    seated = browser("adam")
    seated.sign_in()
    return seated


@pytest.fixture
def pat(browser: Callable[..., Browser]) -> Browser:
    """Sign in the programme manager of the prison service."""
    seated = browser("pat")
    seated.sign_in()
    return seated


@pytest.fixture
def as_owner(owner_dsn: str) -> Callable[..., None]:
    """Return how to change something in the database of the test as its owner."""

    def execute(statement: str, *values: object) -> None:
        with psycopg.connect(owner_dsn, autocommit=True) as connection:
            connection.execute(statement.encode(), values)

    return execute


@pytest.fixture
def signin_lines(owner_dsn: str) -> Callable[[], list[str]]:
    """Return what the log says about signing in, in its order."""

    def read() -> list[str]:
        with psycopg.connect(owner_dsn) as connection:
            lines = connection.execute("SELECT what FROM ledger_entry WHERE kind = 'sign-in' ORDER BY at, id")
            return [what for (what,) in lines.fetchall()]

    return read
