"""A browser of the tests with somebody of the world in front of it, signed in, in the test's own transaction.

The pages go through the whole chain of middleware and the real policies; only the typing of the password is left out.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from concordat.demo.world import named
from concordat.people.models import User

LEVELS = {1: "door", 2: "mfa"}


def browser_of(name: str, *, level: int = 1) -> Client:
    """Return a browser in which somebody is signed in; with `level=2` the second factor was confirmed just now."""
    user, _made = User.objects.get_or_create(id=named(f"user:{name}"), defaults={"email": f"{name}@example.org"})
    browser = Client()
    browser.force_login(user)
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, user, method=LEVELS[level])
    request.session.save()
    return browser


def visit(name: str, address: str, data: Mapping[str, Any] | None = None, *, level: int = 1) -> Any:  # noqa: ANN401
    """Have somebody open an address; with `data`, send it there."""
    browser = browser_of(name, level=level)
    return browser.get(address) if data is None else browser.post(address, data)
