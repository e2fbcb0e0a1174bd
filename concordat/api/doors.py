"""Who may come in: a machine with a token that has the scope, or the session of somebody who has signed in.

Who it is was found by the middleware, which signs it for the database; here it is only asked whether that is enough.
"""

import time
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer

from concordat.core.codes import Purpose
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership, Scope

from .problems import Problem

MINUTE = 60  # seconds


class Token(HttpBearer):
    """A token with the scope of the operation, for the purpose of the route where it has one of its own."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, _key: str) -> Membership | None:
        asking = cast("SignedInRequest", request)
        if asking.token is None:
            return None
        refuse_flood(asking)
        if self.scope not in asking.token.scopes:
            sentence = _("This token may not do this. It would need: %(scope)s.") % {"scope": self.scope.label}
            raise Problem(HTTPStatus.FORBIDDEN, sentence)
        refuse_other_purpose(asking)
        return asking.acting


class Session(APIKeyCookie):
    """The session of somebody who has signed in with both factors and acts for an organisation."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Membership | None:  # noqa: ARG002
        asking = cast("SignedInRequest", request)
        return None if asking.token else asking.acting


def opened_by(scope: Scope) -> list[Token | Session]:
    """Return what opens an operation."""
    return [Token(scope), Session()]


def refuse_flood(request: SignedInRequest) -> None:
    """Refuse a token that asks too often."""
    assert request.token is not None
    key = f"concordat.token.{request.token.id}.{int(time.time()) // MINUTE}"
    count = (cache.get(key) or 0) + 1
    cache.set(key, count, timeout=2 * MINUTE)
    if count > settings.API_RATE:
        sentence = _("That was too often. Wait a minute, then go on.")
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, sentence, Retry_After=str(MINUTE))


def refuse_other_purpose(request: SignedInRequest) -> None:
    """Refuse a token on a route that reads for another purpose than the token's."""
    assert request.token is not None
    declared = getattr(request.resolver_match.func, "purpose", "") if request.resolver_match else ""
    if declared and declared != request.token.purpose:
        sentence = _(
            "This is read for another purpose than that of the token. It would need a token for: %(purpose)s."
        ) % {"purpose": Purpose(declared).label}
        raise Problem(HTTPStatus.FORBIDDEN, sentence)
