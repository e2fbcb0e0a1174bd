"""Move from the embedded PostgreSQL to an external one. Unlike a restore nothing has to be confirmed afterwards.

The server stands still while everything is copied in one transaction, so nothing can have changed in between; then
every table is counted on both sides. The embedded data stays where it is, and is not started again.
"""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

from concordat.cli import clients, database, running
from concordat.cli.commands.backup import WITHOUT
from concordat.cli.commands.restore import refuse_full, run_statements
from concordat.core.errors import Refused
from concordat.core.postgres import Cluster, load_keys
from concordat.core.postgres.keys import write_private
from concordat.core.postgres.roles import BACKUP, OWNER

HELP = "move from the embedded PostgreSQL to the one of DATABASE_URL"
TABLES = """
SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_toast%'
"""
FLEETING = {option.partition("=")[2] for option in WITHOUT}


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options: the environment says where to."""


def run(_options: argparse.Namespace) -> int:
    """Copy everything, compare, and note that it has moved."""
    home = database.home()
    refuse_places(home)
    with running.claim(home), Cluster(home).serving():
        refuse_other_keys(load_keys(home))
        source, owner = Cluster(home).params(BACKUP), database.params(OWNER)
        refuse_full(owner)
        copy(source, owner)
        compare(source, database.params(BACKUP))
        write_private(home / database.MOVED, datetime.now(UTC).isoformat(timespec="seconds"))
    print("Everything is on the new server. Everybody has to sign in again.")
    print(
        f"Start Concordat with the same settings. The old data stays in {Cluster(home).data}; remove it when you like."
    )
    return 0


def refuse_places(home: Path) -> None:
    """Say what is missing for a move."""
    if database.is_embedded():
        raise Refused(
            "Say first where to: set DATABASE_URL and the passwords, "
            "and run there what `concordat doctor --sql` prints."
        )
    if not Cluster(home).data.exists():
        raise Refused(f"There is no embedded PostgreSQL in {home} to move from.")
    if (home / database.MOVED).exists():
        raise Refused(f"What is in {home} has been moved already.")


def refuse_other_keys(kept: dict[str, str]) -> None:
    """Say in time that the second factors could not be read, or that partners would not know the log again."""
    if kept["seal_key"] != settings.SEAL_KEY:
        raise Refused(
            "The new installation needs the seal key of the old one (seal_key in its secrets.json). "
            "Set CONCORDAT_SEAL_KEY to it."
        )
    if kept.get("log_key", settings.LOG_KEY) != settings.LOG_KEY:
        raise Refused(
            "The new installation needs the log key of the old one (log_key in its secrets.json), which partners know. "
            "Set CONCORDAT_LOG_KEY to it."
        )


def copy(source: dict[str, str], owner: dict[str, str]) -> None:
    """Dump and restore in one go; all of it arrives or nothing."""
    with clients.reading("pg_dump", source, "--format=custom", "--no-password", *WITHOUT) as dump:
        run_statements(partial(feed, dump), owner, b"COMMIT;\n")


def feed(dump: IO[bytes], into: IO[bytes]) -> None:
    """Hand the dump over as it comes."""
    with suppress(BrokenPipeError), into:
        shutil.copyfileobj(dump, into)


def compare(old: dict[str, str], new: dict[str, str]) -> None:
    """Count every table on both sides."""
    before, after = dict(counted(old)), dict(counted(new))
    differing = sorted(name for name in before if before[name] != after.get(name))
    if differing:
        raise Refused(
            f"These tables differ after the move: {', '.join(differing)}. Empty the new database and try again."
        )


def counted(params: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Return how many rows each table holds, but for those that are not taken along."""
    with psycopg.connect(make_conninfo("", **params)) as reader:
        for (name,) in reader.execute(TABLES).fetchall():
            if name not in FLEETING:
                row = reader.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()  # noqa: S608 - quoted by the server
                assert row is not None
                yield name, row[0]
