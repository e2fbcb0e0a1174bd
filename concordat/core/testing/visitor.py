"""Somebody of the world before a browser, for tests of pages that are rolled back.

Signing in has tests of its own; here the session is made as if it had happened. Everything after that is the real way:
middleware, signed context, policies, log.
"""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from concordat.demo.world import named
from concordat.people.models import User

AN_HOUR = 3600


def signed_in(name: str, *, level: int = 1) -> Client:
    """Return a browser in which somebody of the world is signed in; with `level=2` the second factor is fresh."""
    user, _made = User.objects.get_or_create(id=named(f"user:{name}"), defaults={"email": f"{name}@example.org"})
    client = Client()
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method="mfa")
    at = time.time() - (0 if level > 1 else AN_HOUR)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": at}]
    request.session.save()
    return client
