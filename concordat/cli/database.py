"""Have the database run, and Django ready, for as long as a command needs them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


def home() -> Path:
    """Return the state folder."""
    from concordat.config.home import HOME  # noqa: PLC0415 - a wrong setting speaks when a command runs, not on import

    return HOME


def is_embedded() -> bool:
    """Tell whether the server is Concordat's own."""
    from concordat.config import database  # noqa: PLC0415 - as above

    return not database.URL


@contextmanager
def server() -> Iterator[None]:
    """Have the server run inside the block; an external one has to run by itself."""
    from concordat.core.postgres import Cluster  # noqa: PLC0415 - as above

    with Cluster(home()).serving() if is_embedded() else nullcontext():
        yield


@contextmanager
def ready(role: str = "app") -> Iterator[None]:
    """Have the server run and Django connect to it as `role` inside the block."""
    os.environ["CONCORDAT_DB_ROLE"] = role
    with server():
        django.setup()
        try:
            yield
        finally:
            close()


def close() -> None:
    """Leave the server before it is ended."""
    connections.close_all()
    for connection in connections.all():
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
