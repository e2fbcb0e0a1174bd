"""The pytest plugin of Concordat, loaded with `-p` because the settings are read before any conftest.

Tests connect as the application's roles under the real policies. Each process of a parallel run has its own copy of
the migrated template; a test that has to commit takes the fixture `own_database`, a copy for itself alone.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoDbBlocker

from concordat.core.testing import network, throwaway
from concordat.core.translations import compile_all

pytest_plugins = ["concordat.core.testing.browser"]

SHARED = "CONCORDAT_HOME"
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def begin() -> Path:
    """Point this process, before any setting is read, at the throw-away installation of the run."""
    if IS_WORKER:
        return Path(os.environ[SHARED])
    for name in [name for name in os.environ if name.startswith(("CONCORDAT_", "DATABASE_URL"))]:
        del os.environ[name]
    home = throwaway.make_home()
    os.environ |= {SHARED: str(home), "CONCORDAT_POOL": "0", "CONCORDAT_NOTHING_MS": "0"}
    return home


HOME = begin()


def pytest_configure(config: pytest.Config) -> None:
    """Block the network and name the mark that says which requirement a test shows."""
    config.addinivalue_line("markers", "requirement(id, ...): the rows of the register that this test shows")
    if not IS_WORKER:
        compile_all()
    network.block()


@pytest.fixture(autouse=True)
def _no_rows_left_in_a_module() -> Iterator[None]:
    """Fail where a query that stands in a module has kept its rows: the next request would be shown them."""
    yield
    kept = [name for name, query in queries_of_modules(len(sys.modules)) if query._result_cache is not None]  # noqa: SLF001 - asked nowhere else
    assert not kept, f"{kept}: take a copy with .all() before going through the rows"


@cache
def queries_of_modules(_loaded: int) -> list[tuple[str, QuerySet[Any]]]:
    """Return the queries that are names of our modules; looked for anew only when modules were loaded since."""
    ours = [(name, module) for name, module in list(sys.modules.items()) if name.startswith("concordat.")]
    named = [(f"{name}.{word}", value) for name, module in ours for word, value in list(vars(module).items())]
    return [(name, value) for name, value in named if isinstance(value, QuerySet)]


def pytest_unconfigure() -> None:
    """Clear up after the whole run."""
    if not IS_WORKER:
        throwaway.discard(HOME)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test that has the database use both aliases, as every request does."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or "db" in getattr(item, "fixturenames", ()):
            named = {"databases": "__all__", **(marker.kwargs if marker else {})}
            item.add_marker(pytest.mark.django_db(**named), append=False)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Have both aliases use the database `name` inside the block."""
    from django.db import connections  # noqa: PLC0415 - the settings are read by this import

    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    try:
        yield
    finally:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = before[alias]


@pytest.fixture(scope="session")
def template_database() -> Path:
    """Have the server run and the template migrated; returns the state folder."""
    throwaway.prepare(HOME)
    return HOME


@pytest.fixture(scope="session")
def worker_database(template_database: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Connect this process to its own copy of the template; conftest.py hands it to pytest-django."""
    copy = throwaway.copy_of_template(template_database, "test")
    with django_db_blocker.unblock(), copy as name, connected_to(name):
        yield name


@pytest.fixture
def own_database(worker_database: str, template_database: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Give one test a database for itself, where what it commits stays and nothing is rolled back.

    Not together with the mark `django_db`, whose transactions belong to the shared copy.
    """
    copy = throwaway.copy_of_template(template_database, "own")
    with django_db_blocker.unblock(), copy as name, connected_to(name):
        yield name


@pytest.fixture
def dsn(worker_database: str, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Return how to connect as a role to the database of this test: `psycopg.connect(dsn("concordat_app"))`.

    Such a connection sees what is committed, not what the test's own transaction holds.
    """
    name = request.getfixturevalue("own_database") if "own_database" in request.fixturenames else worker_database
    return lambda role: throwaway.cluster(HOME).dsn(role, name)


@pytest.fixture(scope="module")
def state_folder() -> Iterator[Path]:
    """Give the tests of one file an empty state folder, for an installation of their own."""
    folder = throwaway.make_folder()
    yield folder
    throwaway.discard(folder)


@pytest.fixture
def owner_dsn(dsn: Callable[[str], str]) -> str:
    """Return how to connect as the owner of the tables."""
    return dsn("concordat_owner")
