"""The key that backups are encrypted with: from a file, from the settings, or typed by whoever sits there."""

import argparse
import getpass
import sys
from pathlib import Path

from concordat.cli.encryption import SHORTEST_KEY
from concordat.core.errors import Refused

NO_KEY = (
    "Backups are encrypted, and no key is set. Make one with `openssl rand -base64 33 > FILE`, keep a copy of it on "
    "another machine, and set CONCORDAT_BACKUP_KEY_FILE=FILE or add --key-file FILE."
)
INSTEAD = " A file that is not encrypted is written with --plain."


def argument(parser: argparse._ActionsContainer) -> None:
    """Offer a file that holds the key."""
    parser.add_argument("--key-file", type=Path, help="a file that holds the backup key (else: CONCORDAT_BACKUP_KEY)")


def find(file: Path | None, known: str, *, new: bool) -> str:
    """Return the key; `new` when something is encrypted with it, so that it has to be typed twice."""
    key = read(file) if file else known or ask(new=new)
    if not key:
        raise Refused(NO_KEY + (INSTEAD if new else ""))
    if len(key) < SHORTEST_KEY:
        raise Refused(f"The backup key has to have at least {SHORTEST_KEY} characters.")
    return key


def read(file: Path) -> str:
    """Read a key file."""
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise Refused(f"The key file {file} cannot be read: {why}.") from error


def ask(*, new: bool) -> str:
    """Ask at the terminal; where nobody sits there is no answer."""
    if not sys.stdin or not sys.stdin.isatty():
        return ""
    typed = getpass.getpass("Backup key: ")
    if new and getpass.getpass("The same again: ") != typed:
        raise Refused("The two were not the same. Nothing was written.")
    return typed
