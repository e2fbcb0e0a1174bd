"""The settings and the database, for as long as a command needs them.

They are read when a command asks for them, not when it is imported: a wrong setting then ends in its sentence, and an
embedded server has made its secrets before the settings look for them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django
from django.conf import LazySettings, settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from concordat.core.errors import Refused
from concordat.core.postgres import Cluster

MOVED = "moved"  # the note that an embedded server was left behind


def home() -> Path:
    """Return the state folder."""
    from concordat.config.home import HOME  # noqa: PLC0415 - see above

    return HOME


def is_embedded() -> bool:
    """Tell whether the server is Concordat's own."""
    from concordat.config.database import URL  # noqa: PLC0415 - see above

    return not URL


def params(role: str) -> dict[str, str]:
    """Return how a role connects."""
    from concordat.config.database import params  # noqa: PLC0415 - see above

    return params(home(), role)


@contextmanager
def server() -> Iterator[LazySettings]:
    """Have the server run inside the block, and the settings fit it; an external server has to run by itself."""
    if is_embedded() and (home() / MOVED).exists():
        raise Refused(f"What was in {home()} has moved to another server. Set DATABASE_URL, as when you moved it.")
    with Cluster(home()).serving() if is_embedded() else nullcontext():
        yield settings


@contextmanager
def ready(role: str = "app") -> Iterator[LazySettings]:
    """Have the server run and Django connect to it as `role` inside the block."""
    os.environ["CONCORDAT_DB_ROLE"] = role
    with server():
        django.setup()
        try:
            yield settings
        finally:
            close()


def close() -> None:
    """Leave the server before it is ended."""
    connections.close_all()
    for connection in connections.all():
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
