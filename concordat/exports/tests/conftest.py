"""A database of its own for each test that exports: an export sees what is committed."""

from collections.abc import Iterator

import psycopg
import pytest

from concordat.core.testing import plugin, throwaway

from .ready import Superuser


@pytest.fixture
def superuser(own_database: str) -> Iterator[Superuser]:
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", own_database), autocommit=True) as open_:
        yield open_
