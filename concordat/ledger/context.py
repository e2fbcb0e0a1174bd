"""The signed context of a request: who acts, for which organisation and purpose, on this connection, for a minute.

The database verifies it (`ledger.bearer` in SQL). It is bound on the server side, because a token filled into the
statement's text can be read in `pg_stat_activity`, and to the process of the connection, so that it is worth nothing
on another one.
"""

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

LIFETIME = 60  # seconds; a request that takes longer reads nothing more
PADDED = 64  # bytes in a block of SHA-256


@dataclass(frozen=True)
class Actor:
    """Who asks. `level` is 2 when the second factor was confirmed within the last minutes, else 1 (0: none)."""

    membership: UUID
    organisation: int
    user: UUID
    purpose: str
    level: int = 1


def pads(key: bytes) -> tuple[bytes, bytes]:
    """Return the inner and outer pad of a key (RFC 2104), as the database stores them."""
    block = (sha256(key).digest() if len(key) > PADDED else key).ljust(PADDED, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def sign(actor: Actor, *, process: int, key: bytes | None = None, expires: int | None = None) -> str:
    """Return the token of `actor` for the backend process `process`; `expires` in Unix seconds."""
    payload = "|".join(
        map(str, (actor.membership, actor.organisation, actor.user, actor.purpose, actor.level,
                  expires or int(time.time()) + LIFETIME, process, secrets.token_hex(8)))
    )  # fmt: skip
    secret = key if key is not None else settings.CONTEXT_KEY.encode()
    return payload + "|" + hmac.new(secret, payload.encode(), "sha256").hexdigest()


def act_as(actor: Actor | None) -> None:
    """Put the context into the open transaction of the default connection; None takes it out."""
    connection.ensure_connection()
    raw = connection.connection
    token = sign(actor, process=raw.info.backend_pid) if actor else ""
    psycopg.Cursor(raw).execute("SELECT set_config('concordat.context', %s, true)", [token])
