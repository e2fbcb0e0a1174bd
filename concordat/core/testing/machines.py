"""A machine of the tests that acts for somebody of the world, with a token made as on the pages."""

from typing import Any
from uuid import uuid4

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client

from concordat.core.codes import Purpose
from concordat.demo.world import acting, named
from concordat.people import second_factor
from concordat.people.actions import Made, make_token
from concordat.people.models import Scope, User

BASE = "/api/v1"


def account_of(name: str) -> User:
    """Return the account of somebody of the world, with a second factor."""
    user, _made = User.objects.get_or_create(id=named(f"user:{name}"), defaults={"email": f"{name}@example.org"})
    if not second_factor.exists_for(user.id):
        second_factor.set_up(user, secret=generate_totp_secret())
    return user


def token_of(name: str, *scopes: Scope, purpose: str = Purpose.INTERVENTION, days: int = 30) -> Made:
    """Make a token for somebody of the world; without scopes it has all of them."""
    user = account_of(name)
    with acting(name, level=2) as by:
        return make_token(
            name="Tests", purpose=purpose, scopes=list(scopes or Scope), days=days, user=user, level=2, by=by
        )


class Machine:
    """What sends requests with a token; addresses are those behind `/api/v1`."""

    def __init__(self, key: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {key}"})

    def get(self, path: str, **headers: str) -> Any:  # noqa: ANN401 - the test client's response
        return self.client.get(BASE + path, headers=headers)

    def post(self, path: str, said: object = None, *, key: str = "", **headers: str) -> Any:  # noqa: ANN401 - the same
        sent = {"Idempotency-Key": key or str(uuid4()), **headers}
        return self.client.post(BASE + path, said, content_type="application/json", headers=sent)


def machine_of(name: str, *scopes: Scope, purpose: str = Purpose.INTERVENTION) -> Machine:
    """Return a machine that acts for somebody of the world."""
    return Machine(token_of(name, *scopes, purpose=purpose).key)
