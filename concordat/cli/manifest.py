"""The manifest beside a backup: what it is, whether it is whole, and which seal key it needs. It holds no secret."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from concordat.core.errors import Refused
from concordat.core.postgres.keys import write_private


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    concordat: str
    made_at: str
    size: int
    sha256: str
    seal: str
    encrypted: bool = False


def place(backup: Path) -> Path:
    """Return where the manifest of a backup stands."""
    return backup.with_name(f"{backup.name}.json")


def write(backup: Path, manifest: Manifest) -> None:
    """Write the manifest of a backup."""
    write_private(place(backup), json.dumps(asdict(manifest), indent=1))


def read(backup: Path) -> Manifest:
    """Read the manifest of a backup."""
    if not backup.is_file():
        raise Refused(f"There is no file {backup}.")
    try:
        return Manifest(**json.loads(place(backup).read_text()))
    except FileNotFoundError:
        raise Refused(f"{place(backup)} is missing; without it nobody can say whether the backup is whole.") from None
    except (ValueError, TypeError):
        raise Refused(f"{place(backup)} is not the manifest of a backup.") from None


def digest(file: Path) -> str:
    """Return the hash of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def fingerprint(key: str) -> str:
    """Name a key without telling it."""
    return hashlib.sha256(b"concordat seal key\0" + key.encode()).hexdigest()[:16]
