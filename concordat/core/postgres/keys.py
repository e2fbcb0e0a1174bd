"""The secrets of one installation, made once and kept in its state folder, readable by nobody else."""

import json
import os
import secrets
from pathlib import Path

from concordat.core.postgres.roles import ROLES

FILE = "secrets.json"
NAMES = ("postgres", *ROLES, "secret_key", "context_key", "seal_key")


def load_keys(home: Path) -> dict[str, str]:
    """Read the secrets of the installation in `home`; nothing is there before its first start."""
    file = home / FILE
    if not file.exists():
        return {}
    keys: dict[str, str] = json.loads(file.read_text())
    return keys


def make_keys(home: Path) -> dict[str, str]:
    """Make the secrets that are still missing and keep them; a crash in between leaves the old file whole."""
    keys = load_keys(home)
    missing = [name for name in NAMES if name not in keys]
    if missing:
        keys |= {name: secrets.token_urlsafe(32) for name in missing}
        write_private(home / FILE, json.dumps(keys, indent=1))
    return keys


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
