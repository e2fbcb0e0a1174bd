"""Bring a backup into an empty installation. The copy starts closed.

What was suspended, withdrawn or restricted after the backup was made is unknown to it. So, in the same transaction,
`access.close_after_restore()` closes everything until a signatory of each organisation has confirmed what holds.
"""

import argparse
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryFile
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from concordat.cli import backup_key, clients, database, encryption, manifest
from concordat.core.errors import Refused
from concordat.core.postgres.keys import keep_keys
from concordat.core.postgres.roles import OWNER

HELP = "bring a backup into an empty installation, which then starts closed"
PSQL = ("-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-f", "-")
PREAMBLE = 4096  # bytes; the settings of the session stand there, the data comes later
NOT_EVERYWHERE = b"SET transaction_timeout = 0;\n"  # servers before 17 do not know it
CLOSE = b"""
SET row_security = on;
RESET search_path;
DO $$ BEGIN
  IF to_regprocedure('access.close_after_restore()') IS NOT NULL THEN PERFORM access.close_after_restore(); END IF;
END $$;
COMMIT;
"""
COUNT_TABLES = """
SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_toast%'
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file, and leave to go on without the seal key."""
    parser.add_argument("file", type=Path, help="a file that `concordat backup` has written")
    parser.add_argument(
        "--without-seal-key",
        action="store_true",
        help="the seal key is lost: everybody has to set up the second factor anew",
    )
    backup_key.argument(parser)


def run(options: argparse.Namespace) -> int:
    """Restore all or nothing."""
    file: Path = options.file.absolute()
    found = manifest.read(file)
    if manifest.digest(file) != found.sha256:
        raise Refused(f"{file} is damaged: it is not the file that its manifest describes.")
    with database.server() as settings:
        if not options.without_seal_key:
            refuse_other_key(found.seal, settings.SEAL_KEY)
        key = key_for(file, options.key_file, settings.BACKUP_KEY)
        owner = database.params(OWNER)
        refuse_full(owner)
        restore(file, owner, key)
        if settings.EMBEDDED:
            keep_keys(settings.HOME, {"seal_key": settings.SEAL_KEY, "log_key": settings.LOG_KEY})
    print(f"Restored the state of {found.made_at}.")
    print("It is closed: after the next start a signatory of each organisation confirms what still holds.")
    return 0


def key_for(file: Path, key_file: Path | None, known: str) -> str:
    """Return the key of an encrypted backup, after the whole file has opened with it."""
    if not encryption.is_encrypted(file):
        return ""
    key = backup_key.find(key_file, known, new=False)
    with file.open("rb") as source, Path(os.devnull).open("wb") as nowhere:
        encryption.decrypt(source, nowhere, key)
    return key


def refuse_other_key(seal: str, key: str) -> None:
    """Say in time that the second factors could not be read."""
    if manifest.fingerprint(key) != seal:
        raise Refused(
            "This backup needs the seal key of the installation that it comes from (seal_key in its secrets.json). "
            "Set CONCORDAT_SEAL_KEY to it, or add --without-seal-key if it is lost."
        )


def refuse_full(owner: dict[str, str]) -> None:
    """Never mix a backup with what is there."""
    with psycopg.connect(make_conninfo("", **owner)) as connection:
        row = connection.execute(COUNT_TABLES).fetchone()
    if row is None or row[0]:
        raise Refused(
            "This installation already holds data, and a backup goes into an empty one. "
            "Choose a new state folder with CONCORDAT_HOME, or a new database."
        )


def restore(file: Path, owner: dict[str, str], key: str) -> None:
    """Run the statements of the backup, and the closing, in one transaction; none of it touches the disk in between."""
    with file.open("rb") as source:
        run_statements(partial(feed, source, key), owner, CLOSE)


def feed(source: IO[bytes], key: str, into: IO[bytes]) -> None:
    """Hand the backup to pg_restore, opened; the end of it may be of no interest to it."""
    with suppress(BrokenPipeError), into:
        encryption.decrypt(source, into, key) if key else shutil.copyfileobj(source, into)


def run_statements(fill: Callable[[IO[bytes]], None], owner: dict[str, str], end: bytes) -> None:
    """Run what pg_restore makes of a dump, and the statements at the end, in one transaction."""
    with TemporaryFile() as said:
        with clients.started("psql", owner, *PSQL, stdin=PIPE, stdout=DEVNULL, stderr=said) as psql:
            assert psql.stdin is not None
            copy_statements(fill, owner, psql.stdin)
            with suppress(BrokenPipeError):  # psql has ended and says why
                psql.stdin.write(end)
            with suppress(BrokenPipeError):
                psql.stdin.close()
        said.seek(0)
        if psql.returncode:
            raise Refused(f"Nothing was restored: {clients.complaint(said.read())}")


def copy_statements(fill: Callable[[IO[bytes]], None], owner: dict[str, str], into: IO[bytes]) -> None:
    """Have a dump written out as statements. What is wrong with its source is said before what became of it."""
    with TemporaryFile() as said, ThreadPoolExecutor(1) as beside:
        arguments = ("--file=-", "--no-owner")
        with clients.started("pg_restore", owner, *arguments, stdin=PIPE, stdout=PIPE, stderr=said) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            filled = beside.submit(fill, process.stdin)
            taken = forward(process.stdout, into)
            process.stdout.close()
            filled.result()
        if taken:
            clients.refuse_failure("pg_restore", process.returncode, said)


def forward(script: IO[bytes], into: IO[bytes]) -> bool:
    """Copy the statements, without the one that older servers do not know; False when the reader has gone.

    The end, which commits, is written by the caller: were this process killed on the way, nothing would stay.
    """
    try:
        into.write(b"BEGIN;\n" + encryption.read_fully(script, PREAMBLE).replace(NOT_EVERYWHERE, b""))
        shutil.copyfileobj(script, into)
    except BrokenPipeError:
        return False
    return True
