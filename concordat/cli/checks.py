"""What the doctor looks at on this machine: settings, secrets, the state folder, the disk, the built files."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from concordat.core.assets import is_fresh
from concordat.core.postgres.keys import FILE

GIGABYTE = 10**9
FEW_CHARACTERS = 12  # different ones in a key; a random key has more


class Level(Enum):
    """How bad it is."""

    FINE = "fine "
    LOOK = "look "
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """One thing that the doctor has looked at."""

    level: Level
    sentence: str


def judge(good: object, fine: str, wrong: str, level: Level = Level.WRONG) -> Finding:
    """Choose between the two sentences."""
    return Finding(Level.FINE, fine) if good else Finding(level, wrong)


def check_machine(home: Path) -> Iterator[Finding]:
    """Look at the folders and the disk."""
    yield from check_folder(home)
    yield check_disk(home)
    yield judge(
        is_fresh(),
        "The style sheet is built from what is here.",
        "The style sheet is missing or older than its sources. Run python3 start.py.",
    )
    yield judge(
        sys.getfilesystemencoding() == "utf-8",
        "This machine's programs use UTF-8.",
        "This machine's locale is not UTF-8, so names of files may be wrong. Set LANG=C.UTF-8 for the server.",
        Level.LOOK,
    )


def check_folder(home: Path) -> Iterator[Finding]:
    """Look whether others can write in the state folder or read the secrets."""
    if not home.exists():
        yield Finding(Level.LOOK, f"The state folder {home} does not exist yet; the first start makes it.")
        return
    yield check_owner(home)
    mode = stat.S_IMODE(home.stat().st_mode)
    yield judge(
        not mode & 0o022,
        f"The state folder {home} is yours alone to write in.",
        f"Others may write in the state folder. Run chmod go-w '{home}'",
    )
    secrets = home / FILE
    if secrets.exists():
        mode = stat.S_IMODE(secrets.stat().st_mode)
        yield judge(
            not mode & 0o077, "The secrets are yours alone.", f"Others may read the secrets. Run chmod 600 '{secrets}'"
        )


def check_owner(home: Path) -> Finding:
    """Look whether the state folder belongs to whoever runs this, and can be written in."""
    owner = home.stat().st_uid
    if owner != os.geteuid():
        return Finding(
            Level.WRONG,
            f"The state folder {home} belongs to another user (number {owner}). "
            f"Run this as that user, or chown -R the folder to the one that runs Concordat.",
        )
    return judge(
        os.access(home, os.W_OK),
        "The state folder can be written in.",
        f"The state folder {home} cannot be written in: the disk is read-only, or closed to you. "
        "Look at the messages of the system (dmesg), and mount it again for writing.",
    )


def check_disk(home: Path) -> Finding:
    """Look for room to go on."""
    place = next(part for part in (home, *home.parents) if part.exists())
    free = shutil.disk_usage(place).free / GIGABYTE
    sentence = f"{free:.1f} GB are free for the state folder."
    if free < 1:
        return Finding(Level.WRONG, sentence + " PostgreSQL stops when the disk is full. Make room.")
    return Finding(Level.FINE if free > 5 else Level.LOOK, sentence)  # noqa: PLR2004 - five gigabytes


def check_keys(keys: dict[str, str]) -> Iterator[Finding]:
    """Look for a key that is a word from an example, and for two that are the same."""
    weak = [name for name, value in keys.items() if len(set(value)) < FEW_CHARACTERS]
    yield judge(
        not weak,
        "The keys look random.",
        f"{', '.join(weak)} is not random. Make a new one with: openssl rand -base64 48",
    )
    yield judge(
        len(set(keys.values())) == len(keys),
        "The keys differ from each other.",
        "Two keys are the same. Whoever learns one then has both: give each its own.",
    )
