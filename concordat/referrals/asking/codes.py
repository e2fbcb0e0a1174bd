"""Codes that are read aloud, written on a list and typed at a gate: nothing in them is mistaken for something else."""

import hashlib
import secrets
from collections.abc import Collection

DIGITS = "234679"  # without 0, 1, 5 and 8, which are taken for O, I, S and B
LETTERS = "ACDEFGHJKMNPQRTWXY"  # without B, I, L, O, S, U, V and Z
BOTH = DIGITS + LETTERS
TRIES = 40


def working_code(taken: Collection[str]) -> str:
    """Return a short code that nobody else in an organisation has: 7Q, or longer when the short ones run out."""
    known, parts = set(taken), [DIGITS, LETTERS]
    while True:
        for _try in range(TRIES):
            code = "".join(secrets.choice(part) for part in parts)
            if code not in known:
                return code
        parts.append(LETTERS if len(parts) % 2 else DIGITS)


def reference(prefix: str, taken: Collection[str], digits: int = 4) -> str:
    """Return a reference such as LM-4073. Its number is drawn, so that it tells nobody how many there are."""
    known = set(taken)
    while True:
        for _try in range(TRIES):
            code = f"{prefix}-{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
            if code not in known:
                return code
        digits += 1


def check_code(*facts: object) -> str:
    """Return the code that stands on a sheet of paper: the same facts give the same eight characters."""
    number = int.from_bytes(hashlib.sha256("|".join(map(str, facts)).encode()).digest()[:8])
    signs = [BOTH[number // len(BOTH) ** place % len(BOTH)] for place in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])
