"""Tests of every room use the database that concordat.core.testing.plugin prepares."""

import pytest


@pytest.fixture(scope="session")
def django_db_setup(worker_database: str) -> None:
    """Use the copy of the migrated template instead of making a test database."""
    assert worker_database
