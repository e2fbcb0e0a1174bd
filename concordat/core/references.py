"""References by chance: a number in sequence would tell how many others have."""

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another


def new_reference(prefix: str, letters: str = LETTERS) -> str:
    """Return a reference such as DB-7KQ2MX: what kind of thing it is, and six letters by chance."""
    return f"{prefix}-{''.join(secrets.choice(letters) for _letter in range(6))}"
