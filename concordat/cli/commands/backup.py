"""Write everything that the database holds into one file, with a manifest beside it.

The role that reads passes row security and can write nothing. The keys are not in the file: without the seal key a
restored copy cannot read the second factors, and a thief of the file alone cannot either.
"""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from concordat import __version__
from concordat.cli import clients, database, manifest
from concordat.core.errors import Refused
from concordat.core.postgres.roles import BACKUP

HELP = "write everything into one file"
FLEETING = ("people_session", "people_keptpost", "people_cache")  # nobody is signed in to a restored copy

WITHOUT = [f"--exclude-table-data=public.{table}" for table in FLEETING]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Write file and manifest, readable by their owner only."""
    file: Path = options.file.absolute()
    refuse_place(file)
    partial = file.with_name(f"{file.name}.partial")
    with database.server() as settings:
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                clients.run("pg_dump", database.params(BACKUP), "--format=custom", "--no-password", *WITHOUT, out=out)
                os.fsync(out.fileno())
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            seal = manifest.fingerprint(settings.SEAL_KEY)
            size, digest = partial.stat().st_size, manifest.digest(partial)
            manifest.write(file, manifest.Manifest(__version__, made_at, size, digest, seal))
            partial.rename(file)
        finally:
            partial.unlink(missing_ok=True)
    print(f"Backup: {file} ({size:,} bytes) and {manifest.place(file).name}.")
    print("It does not hold the keys. Keep the seal key somewhere else; a restored copy needs it.")
    return 0


def refuse_place(file: Path) -> None:
    """Never write over a backup."""
    for path in (file, manifest.place(file)):
        if path.exists():
            raise Refused(f"{path} exists already. Choose another name.")
    if not file.parent.is_dir():
        raise Refused(f"There is no folder {file.parent}.")
