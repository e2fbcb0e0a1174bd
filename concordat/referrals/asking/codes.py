"""Codes that are read aloud, written on a list and typed at a gate: nothing in them is mistaken for something else."""

import hashlib
import secrets
from collections.abc import Collection, Iterator

DIGITS = "234679"  # without 0, 1, 5 and 8, which are taken for O, I, S and B
LETTERS = "ACDEFGHJKMNPQRTWXY"  # without B, I, L, O, S, U, V and Z
BOTH = DIGITS + LETTERS
TRIES = 40


def working_code(taken: Collection[str]) -> str:
    """Return a short code that nobody else in an organisation has: 7Q, or longer when the short ones run out."""
    return next(working_codes(set(taken)))


def working_codes(taken: set[str]) -> Iterator[str]:
    """Yield such codes, each once; they are added to those that are taken."""
    parts = [DIGITS, LETTERS]
    while True:
        for _try in range(TRIES):
            code = "".join(map(secrets.choice, parts))
            if code not in taken:
                taken.add(code)
                yield code
                break
        else:
            parts.append(LETTERS if len(parts) % 2 else DIGITS)


def reference(prefix: str, taken: Collection[str], digits: int = 4) -> str:
    """Return a reference such as LM-4073. Its number is drawn, so that it tells nobody how many there are."""
    return next(references(prefix, set(taken), digits))


def references(prefix: str, taken: set[str], digits: int = 4) -> Iterator[str]:
    """Yield such references, each once; they are added to those that are taken."""
    while True:
        for _try in range(TRIES):
            code = f"{prefix}-{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
            if code not in taken:
                taken.add(code)
                yield code
                break
        else:
            digits += 1


def check_code(*facts: object) -> str:
    """Return the code that stands on a sheet of paper: the same facts give the same eight characters."""
    number = int.from_bytes(hashlib.sha256("|".join(map(str, facts)).encode()).digest()[:8])
    signs = [BOTH[number // len(BOTH) ** place % len(BOTH)] for place in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])
