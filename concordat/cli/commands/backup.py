"""Write everything that the database holds into one file, with a manifest beside it.

The role that reads passes row security and can write nothing. The keys are not in the file: without the seal key a
restored copy cannot read the second factors, and a thief of the file alone cannot either. The file is encrypted with
the backup key, unless the operator asks for a plain one; of a fictional country nobody has to keep a secret.
"""

import argparse
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.conf import LazySettings

from concordat import __version__
from concordat.cli import backup_key, clients, database, encryption, manifest
from concordat.core import last_backup
from concordat.core.errors import Refused
from concordat.core.postgres.roles import BACKUP

HELP = "write everything into one file"
# nobody is signed in to a restored copy, and no machine either
FLEETING = ("people_session", "people_keptpost", "people_cache", "people_token")

WITHOUT = [f"--exclude-table-data=public.{table}" for table in FLEETING]
PLAIN = "This file is not encrypted: whoever reads it reads everything in it. Encrypt the disk that it lies on."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, and how it is encrypted."""
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--plain", action="store_true", help="do not encrypt the file")
    backup_key.argument(how)


def run(options: argparse.Namespace) -> int:
    """Write file and manifest, readable by their owner only."""
    file: Path = options.file.absolute()
    refuse_place(file)
    with database.server() as settings:
        key = "" if options.plain else key_for(settings, options.key_file)
        write(file, key, settings)
        last_backup.note(settings.HOME)
    print(f"Backup: {file} ({file.stat().st_size:,} bytes) and {manifest.place(file).name}.")
    if not key:
        print(f"concordat: {PLAIN}", file=sys.stderr)
    kept = "the seal key and the backup key" if key else "the seal key"
    print(f"It does not hold the keys. Keep {kept} somewhere else; a restored copy needs them.")
    return 0


def key_for(settings: LazySettings, key_file: Path | None) -> str:
    """Return the key; a demonstration without one is written plain."""
    if settings.DEMO and not key_file and not settings.BACKUP_KEY:
        return ""
    return backup_key.find(key_file, settings.BACKUP_KEY, new=True)


def write(file: Path, key: str, settings: LazySettings) -> None:
    """Write under another name and rename when all of it is on the disk: half a backup has never the name of one."""
    partial = file.with_name(f"{file.name}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with clients.reading("pg_dump", database.params(BACKUP), "--format=custom", *WITHOUT) as dump:
                encryption.encrypt(dump, out, key) if key else shutil.copyfileobj(dump, out)
            out.flush()
            os.fsync(out.fileno())
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        size, digest = partial.stat().st_size, manifest.digest(partial)
        seal = manifest.fingerprint(settings.SEAL_KEY)
        manifest.write(file, manifest.Manifest(__version__, made_at, size, digest, seal, encrypted=bool(key)))
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)


def refuse_place(file: Path) -> None:
    """Never write over a backup."""
    for path in (file, manifest.place(file)):
        if path.exists():
            raise Refused(f"{path} exists already. Choose another name.")
    if not file.parent.is_dir():
        raise Refused(f"There is no folder {file.parent}.")
