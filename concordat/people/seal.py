"""Encrypt what lies in the sign-in tables with a key that is not in the database (AES-256-GCM).

Each use has a key of its own, derived from CONCORDAT_SEAL_KEY, and what is sealed is bound to whom it belongs to:
moved to another row it does not open.
"""

import base64
import secrets
from functools import lru_cache
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Use = Literal["session", "second factor", "kept post", "message", "provider", "cursor"]
NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


class Unreadable(ValueError):  # noqa: N818 - it says what the text is
    """What was to be opened was changed, belongs to somebody else, or was sealed with another key."""


def seal(text: str, *, use: Use, owner: object = "") -> str:
    """Encrypt a text so that it opens for the same use and owner only."""
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(settings.SEAL_KEY, use).encrypt(nonce, text.encode(), str(owner).encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, use: Use, owner: object = "") -> str:
    """Return the text; `Unreadable` when it is not exactly what was sealed for this owner."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _cipher(settings.SEAL_KEY, use).decrypt(raw[:NONCE], raw[NONCE:], str(owner).encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(f"sealed text for {use} does not open") from error


@lru_cache
def _cipher(key: str, use: Use) -> AESGCM:
    derived = HKDF(SHA256(), length=32, salt=None, info=f"concordat {use}".encode()).derive(key.encode())
    return AESGCM(derived)
