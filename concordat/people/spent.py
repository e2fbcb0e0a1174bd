"""Codes of authenticator apps count once, for as long as they would be valid."""

from uuid import UUID

from django.core.cache import cache
from django.db import connections

from .router import SIGNIN

VALID = 120  # seconds: a code is accepted a half minute early and late


def spend(user_id: UUID, code: str) -> bool:
    """Use a code up; False when it was used already."""
    return bool(cache.add(_key(user_id, code), "used", timeout=VALID))


def is_spent(user_id: UUID, code: str) -> bool:
    """Tell whether a code was used already."""
    return cache.get(_key(user_id, code)) is not None


def forget_expired() -> None:
    """Remove counts and codes whose time is over, so that the table stays small."""
    with connections[SIGNIN].cursor() as cursor:
        cursor.execute("DELETE FROM people_cache WHERE expires < now()")


def _key(user_id: UUID, code: str) -> str:
    digits = "".join(part for part in code if part.isdigit())
    return f"concordat.code.{user_id}.{digits}"
