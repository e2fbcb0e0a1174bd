"""A database of its own for each test in which time has to pass."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from concordat.core.testing import plugin, throwaway

Superuser = psycopg.Connection[Any]


@pytest.fixture
def superuser(own_database: str) -> Iterator[Superuser]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as open_:
        yield open_
