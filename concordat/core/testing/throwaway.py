"""The throw-away installation of one test run: a state folder in memory, a server, a migrated template database.

All processes of a run share it. Whoever first needs a database starts the server and migrates; the others wait for
that. The folder carries the number of the process that made it, so that the next run can clear up after a crash:
a server whose data has gone ends by itself.
"""

import fcntl
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from concordat.core.postgres import Cluster, account
from concordat.core.postgres.keys import make_keys
from concordat.core.postgres.roles import DATABASE, create_database

PREFIX = "concordat-test-"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own with a random name is made inside


def make_home() -> Path:
    """Make the state folder of this run; its secrets exist from the start, its server when a test asks for it."""
    clear_abandoned(base())
    home = make_folder()
    make_keys(home)
    return home


def base() -> Path:
    """Return where throw-away folders are made: in memory, where the machine has that."""
    return MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def make_folder() -> Path:
    """Make an empty folder that PostgreSQL's user can enter."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base()))
    folder.chmod(0o711 if account.is_root() else 0o700)
    return folder


def clear_abandoned(place: Path) -> None:
    """Remove what crashed runs of this user left."""
    for folder in place.glob(f"{PREFIX}*"):
        owner = re.match(rf"{PREFIX}(\d+)-", folder.name)
        if owner and folder.stat().st_uid == os.geteuid() and not psutil.pid_exists(int(owner[1])):
            shutil.rmtree(folder, ignore_errors=True)


def cluster(home: Path) -> Cluster:
    """Return the server of a run."""
    return Cluster(home, fast=True)


def prepare(home: Path) -> None:
    """Start the server and migrate the template, once per run."""
    with (home / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (home / "prepared").exists():
            return
        cluster(home).start()
        cluster(home).provision()
        for role, step in (("owner", "migrate"), ("app", "load")):
            run_step(home, role, step)
        (home / "prepared").touch()


def run_step(home: Path, role: str, step: str) -> None:
    """Run a step of `prepare.py` in a process of its own, for it acts as another role."""
    command = [sys.executable, "-m", "concordat.core.testing.prepare", step]
    environment = os.environ | {"CONCORDAT_HOME": str(home), "CONCORDAT_DB_ROLE": role}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The test database could not be made ({step}):\n{done.stdout}{done.stderr}")


@contextmanager
def copy_of_template(home: Path, prefix: str) -> Iterator[str]:
    """Have a database that is a copy of the template; it is dropped afterwards, whoever is still connected."""
    server, name = cluster(home), f"{prefix}_{secrets.token_hex(4)}"
    with psycopg.connect(server.dsn("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(create_database(name, template=DATABASE).encode())
    server.open_database(name)
    try:
        yield name
    finally:
        with psycopg.connect(server.dsn("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def discard(home: Path) -> None:
    """End the server, where one was started, and remove everything."""
    cluster(home).stop()
    shutil.rmtree(home, ignore_errors=True)
