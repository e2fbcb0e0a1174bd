"""The secrets of one installation, made once and kept in its state folder, readable by nobody else."""

import json
import os
import secrets
from pathlib import Path

from concordat.core.postgres import account
from concordat.core.postgres.roles import ROLES

FILE = "secrets.json"
NAMES = ("postgres", *ROLES, "secret_key", "context_key", "seal_key", "log_key")


def load_keys(home: Path) -> dict[str, str]:
    """Read the secrets of the installation in `home`; nothing is there before its first start."""
    file = home / FILE
    if not file.exists():
        return {}
    keys: dict[str, str] = json.loads(file.read_text())
    return keys


def make_home(home: Path) -> None:
    """Make the state folder, closed to others; as root, open for passing, because PostgreSQL runs as another user."""
    home.mkdir(parents=True, exist_ok=True, mode=0o711 if account.is_root() else 0o700)


def make_keys(home: Path) -> None:
    """Make the secrets that are still missing."""
    keys = load_keys(home)
    missing = {name: secrets.token_urlsafe(32) for name in NAMES if name not in keys}
    if missing:
        keep_keys(home, missing)


def keep_keys(home: Path, keys: dict[str, str]) -> None:
    """Keep these secrets with the others; a crash in between leaves the old file whole."""
    write_private(home / FILE, json.dumps(load_keys(home) | keys, indent=1))


def write_private(file: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only from its first byte on."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
