"""A database of its own for each test that disposes: what is committed has to be gone, and time has to pass."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from concordat.core.testing import plugin, throwaway

Superuser = psycopg.Connection[Any]
Count = Callable[[str], int]


@pytest.fixture
def superuser(own_database: str) -> Iterator[Superuser]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as open_:
        yield open_
