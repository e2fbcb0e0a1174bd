"""When a backup was last made from an installation: a note in its state folder, for the doctor and for /metrics."""

from datetime import UTC, datetime
from pathlib import Path

from concordat.core.postgres.keys import write_private

FILE = "last-backup"


def note(home: Path) -> None:
    """Note that a backup was just made."""
    write_private(home / FILE, datetime.now(UTC).isoformat(timespec="seconds"))


def made_at(home: Path) -> datetime | None:
    """Return when the last backup was made; None when there was none, or the note cannot be read."""
    try:
        return datetime.fromisoformat((home / FILE).read_text().strip())
    except (OSError, ValueError):
        return None
