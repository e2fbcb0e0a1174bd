"""How a machine shows that it acts for a member: a key in `Authorization: Bearer`, on the addresses that take one.

A token opens nothing that its holder could not open now: membership, second factor, password and the permission of the
organisation are asked anew at each request. It never counts as a second factor confirmed just now.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare

from concordat.core.codes import Purpose

from . import second_factor
from .clock import Clock, later
from .http import RecognisedRequest
from .memberships import purposes_of, usable
from .models import Membership, Token, TokenPermit, User
from .providers import elsewhere
from .router import SIGNIN

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "concordat_"  # by which scanners for secrets find one that was left lying about
SEEN_EVERY = timedelta(minutes=1)  # how exactly "last used" is kept
LIVE = Q(ended_at=None) & Q(expires_at__gt=Clock())


def make_key() -> str:
    """Return a new key, 256 bits behind the prefix."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """Return what the table holds of a key."""
    return sha256(key.encode()).hexdigest()


def takes_tokens(view: View) -> View:
    """Open a view to tokens; every other one takes no notice of them."""
    view.takes_tokens = True  # type: ignore[attr-defined]
    return view


def comes_with_one(request: RecognisedRequest) -> bool:
    """Tell whether a request shows a key where one is taken: then nothing else says who asks, no cookie either."""
    if "Authorization" not in request.headers:
        return False
    try:
        return bool(getattr(resolve(request.path_info).func, "takes_tokens", False))
    except Resolver404:
        return False


def recognise(request: RecognisedRequest) -> None:
    """Read who asks from the key; one that does not hold leaves nobody."""
    request.user = AnonymousUser()
    token = find(request.headers["Authorization"])
    acting = holder_of(token) if token else None
    if token is None or acting is None:
        return
    Token.objects.filter(pk=token.pk).filter(Q(used_at=None) | Q(used_at__lt=later(Clock(), -SEEN_EVERY))).update(
        used_at=Clock()
    )
    request.user, request.acting, request.memberships = token.user, acting, [acting]
    request.level, request.purpose, request.token = 1, token.purpose, token


def find(header: str) -> Token | None:
    """Return the token of a header, while it lives."""
    scheme, _space, key = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    return Token.objects.filter(LIVE, key_hash=hash_of(key.strip())).select_related("user").first()


def holder_of(token: Token) -> Membership | None:
    """Return as whom a token acts, if everything still holds that held when it was made."""
    user = token.user
    if not (user.is_active and constant_time_compare(token.stamp, stamp_of(user))):
        return None
    if not (second_factor.exists_for(user.id) and is_permitted(token.organisation)):
        return None
    acting = usable().select_related("organisation").filter(id=token.membership_id, user_id=user.id).first()
    if acting is None or token.purpose not in possible_purposes(acting):
        return None
    return None if acting.id in elsewhere([acting], token.through) else acting


def stamp_of(user: User) -> str:
    """Return what changes with the password of a user."""
    return str(user.get_session_auth_hash())


def is_permitted(organisation: int) -> bool:
    """Tell whether the members of an organisation may use tokens."""
    return TokenPermit.objects.using(SIGNIN).filter(organisation=organisation, allowed=True).exists()


def possible_purposes(membership: Membership) -> list[str]:
    """Return the purposes that a token of somebody may have: those of the posts, and running one's organisation."""
    return list(dict.fromkeys([*purposes_of(membership), Purpose.ADMINISTRATION.value]))


def own_tokens(membership: UUID) -> QuerySet[Token]:
    """Return the tokens that somebody made for one membership, those that live first."""
    return Token.objects.filter(membership_id=membership)


def live_count(membership: Membership | None) -> int:
    """Count the tokens of somebody that live; who acts for nobody has none."""
    return own_tokens(membership.id).filter(LIVE).count() if membership else 0


def tokens_of(organisation: int) -> QuerySet[Token]:
    """Return the tokens of an organisation that live, for who looks after its members: never the keys."""
    return Token.objects.filter(LIVE, organisation=organisation)
