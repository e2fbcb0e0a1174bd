"""Bring a backup into an empty installation. The copy starts closed.

What was suspended, withdrawn or restricted after the backup was made is unknown to it. So, in the same transaction,
`access.close_after_restore()` closes everything until a signatory of each organisation has confirmed what holds.
"""

import argparse
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from concordat.cli import clients, database, manifest
from concordat.core.errors import Refused
from concordat.core.postgres.keys import keep_keys
from concordat.core.postgres.roles import OWNER

HELP = "bring a backup into an empty installation, which then starts closed"
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


def run(options: argparse.Namespace) -> int:
    """Restore all or nothing."""
    file: Path = options.file.absolute()
    found = manifest.read(file)
    if manifest.digest(file) != found.sha256:
        raise Refused(f"{file} is damaged: it is not the file that its manifest describes.")
    with database.server() as settings:
        if not options.without_seal_key:
            refuse_other_key(found.seal, settings.SEAL_KEY)
        owner = database.params(OWNER)
        refuse_full(owner)
        restore(file, owner)
        if settings.EMBEDDED:
            keep_keys(settings.HOME, {"seal_key": settings.SEAL_KEY})
    print(f"Restored the state of {found.made_at}.")
    print("It is closed: after the next start a signatory of each organisation confirms what still holds.")
    return 0


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


def restore(file: Path, owner: dict[str, str]) -> None:
    """Write the backup out as statements and run them, and the closing, in one transaction."""
    with tempfile.TemporaryFile() as script, tempfile.TemporaryFile() as said:
        clients.run("pg_restore", owner, "--file=-", "--no-owner", str(file), out=script)
        script.seek(0)
        command = [str(clients.program("psql", owner)), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        environment, nowhere = clients.environment(owner), subprocess.DEVNULL
        with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=nowhere, stderr=said) as psql:
            assert psql.stdin is not None
            feed(script, psql.stdin)
        said.seek(0)
        if psql.returncode:
            raise Refused(f"Nothing was restored: {clients.complaint(said.read())}")


def feed(script: IO[bytes], into: IO[bytes]) -> None:
    """Copy the statements, without the one that older servers do not know, and close at the end.

    The last line commits: were this process killed on the way, psql would find no such line and nothing would stay.
    """
    with suppress(BrokenPipeError):  # psql has ended and says why
        into.write(b"BEGIN;\n" + script.read(PREAMBLE).replace(NOT_EVERYWHERE, b""))
        shutil.copyfileobj(script, into)
        into.write(CLOSE)
    with suppress(BrokenPipeError):
        into.close()
