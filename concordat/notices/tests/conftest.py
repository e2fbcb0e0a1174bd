"""A mail server, and what the worker does, for tests of what leaves the server."""

from collections.abc import Iterator

import pytest

from concordat.notices.tests.smtp import Office, post_office
from concordat.people.tests.conftest import adam, as_owner, browser, make_user, pat

__all__ = ["adam", "as_owner", "browser", "make_user", "pat"]


@pytest.fixture
def office(settings: object) -> Iterator[Office]:
    """Have a mail server of the test take what is sent."""
    with post_office() as found:
        for name, value in {
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": found.port, "EMAIL_USE_TLS": False, "EMAIL_TIMEOUT": 3,
            "DEFAULT_FROM_EMAIL": "concordat@example.org",
        }.items():  # fmt: skip
            setattr(settings, name, value)
        yield found
