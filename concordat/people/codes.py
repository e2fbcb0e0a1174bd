"""The codes of invitations: 16 letters and digits that are hard to confuse, about 76 bits. Only their hash is kept."""

import secrets
from hashlib import sha256

LETTERS = "23456789ACDEFGHJKMNPQRTVWXY"
LENGTH, GROUP = 16, 4


def make_code() -> str:
    """Return a new code, in groups for reading and typing."""
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """Return what is kept of a code; case, dashes and spaces do not count."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(plain.encode()).hexdigest()
