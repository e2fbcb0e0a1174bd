"""A connection as the owner of the tables, for what no application role may do: to found the country, and to empty it.

The serving processes never have it; it is there inside `as_owner()` only, under the alias `owner`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

OWNER = "owner"


@contextmanager
def as_owner() -> Iterator[BaseDatabaseWrapper]:
    """Have the owner's connection inside the block, in one transaction."""
    described = settings.OWNER_DATABASE()
    described["NAME"] = connection.settings_dict["NAME"]
    described["OPTIONS"].pop("pool", None)
    connections.settings[OWNER] = connections.configure_settings({"default": described})["default"]
    try:
        with transaction.atomic(using=OWNER):
            yield connections[OWNER]
    finally:
        connections[OWNER].close()
        del connections[OWNER], connections.settings[OWNER]
