"""Read settings from the environment; a wrong value stops the start with one sentence that says what to do.

Every name that is read here is remembered, so that a misspelt CONCORDAT_ name is refused instead of being ignored.
"""

import difflib
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KNOWN: dict[str, str] = {}
PREFIX = "CONCORDAT_"
YES, NO = {"1", "yes", "true", "on"}, {"0", "no", "false", "off"}


def text(name: str, meaning: str, default: str = "") -> str:
    """Return a plain value."""
    KNOWN[name] = meaning
    return os.environ.get(name, "").strip() or default


def secret(name: str, meaning: str) -> str:
    """Return a secret from NAME, from the file that NAME_FILE names, or from systemd's credential of that name."""
    value, file = text(name, meaning), text(f"{name}_FILE", f"A file that holds {name}")
    if value and file:
        raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set. Set one of them.")
    if file:
        return content_of(Path(file), f"{name}_FILE names {file}")
    credential = name if name.startswith(PREFIX) else PREFIX + name
    handed_over = Path(os.environ.get("CREDENTIALS_DIRECTORY", "/nowhere")) / credential
    if value or not handed_over.exists():
        return value
    return content_of(handed_over, f"systemd hands over the credential {credential}")


def content_of(file: Path, what: str) -> str:
    """Read a secret from a file."""
    try:
        value = file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(f"{what}, which cannot be read: {why}") from error
    if not value:
        raise ImproperlyConfigured(f"{what}, which is empty.")
    return value


def flag(name: str, meaning: str, *, default: bool) -> bool:
    """Return a yes or no."""
    value = text(name, meaning).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")
    return value in YES


def number(name: str, meaning: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number within its limits."""
    value = text(name, meaning, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number from {least} to {most}.")
    return int(value)


def choice(name: str, meaning: str, *choices: str) -> str:
    """Return one of the choices, the first of them by default."""
    value = text(name, meaning, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to one of: {', '.join(choices)}.")
    return value


def names(name: str, meaning: str, default: str) -> list[str]:
    """Return a list that is written with commas."""
    return [part.strip() for part in text(name, meaning, default).split(",") if part.strip()]


def refuse_unknown() -> None:
    """Stop at a CONCORDAT_ name that no setting has read: it is most likely misspelt."""
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in KNOWN:
            close = difflib.get_close_matches(name, KNOWN, n=1)
            hint = f" Did you mean {close[0]}?" if close else " Run `concordat doctor --settings` for the list."
            raise ImproperlyConfigured(f"{name} is not a setting of Concordat.{hint}")
