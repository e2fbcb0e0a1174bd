"""A throw-away installation with durable settings, and the pages of it served by a process of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from concordat.core.postgres import Cluster, account
from concordat.core.postgres.keys import make_keys

FIRST_PORT = 8600
Database = psycopg.Connection[tuple[object, ...]]


@contextmanager
def home() -> Iterator[Path]:
    """Have an installation with the small world of the tests, on disk, whose server keeps what it says it kept."""
    folder = Path(tempfile.mkdtemp(prefix="concordat-bench-"))
    folder.chmod(0o711 if account.is_root() else 0o700)
    make_keys(folder)
    server = Cluster(folder)
    try:
        server.start()
        server.provision()
        for role, step in (("owner", "migrate"), ("app", "load")):
            subprocess.run(
                [sys.executable, "-m", "concordat.core.testing.prepare", step],
                env=os.environ | {"CONCORDAT_HOME": str(folder), "CONCORDAT_DB_ROLE": role}, check=True,
            )  # fmt: skip
        yield folder
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ready(**settings: str) -> Iterator[Database]:
    """Have an installation, this process set up to use it, and a connection to it past all rules."""
    with home() as folder:
        os.environ |= {"CONCORDAT_HOME": str(folder), "CONCORDAT_DEMO": "0", **settings}
        os.environ["DJANGO_SETTINGS_MODULE"] = "concordat.config.settings"
        django.setup()
        with superuser(folder) as db:
            yield db


def superuser(folder: Path) -> Database:
    """Return a connection past all rules, to make rows and to switch row security off for the comparison."""
    return psycopg.connect(Cluster(folder).dsn("postgres"), autocommit=True)


@contextmanager
def served() -> Iterator[int]:
    """Serve the installation that the environment names, and return the port."""
    from concordat.cli import lifeline, ports  # noqa: PLC0415 - reads the settings
    from concordat.cli.commands.start import wait_for_answer  # noqa: PLC0415 - as above

    port, sockets = ports.listen(FIRST_PORT)
    numbers = [each.fileno() for each in sockets]
    child = lifeline.spawn("serve", *map(str, numbers), keep=numbers)
    try:
        wait_for_answer(port, child)
        time.sleep(0.5)
        yield port
    finally:
        lifeline.end(child)
        for each in sockets:
            each.close()
