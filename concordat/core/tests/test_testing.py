"""The ground that every other test stands on."""

import socket
from collections.abc import Callable

import psycopg
import pytest
from django.db import connections
from psycopg import errors

from concordat.core.testing.network import NetworkBlocked


@pytest.mark.django_db
def test_tests_connect_as_the_roles_of_the_application() -> None:
    found = {}
    for alias in ("default", "signin"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            found[alias] = cursor.fetchone()
    assert found == {"default": ("concordat_app", False, False), "signin": ("concordat_signin", False, False)}


@pytest.mark.django_db
def test_the_template_is_migrated() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations')::text")
        assert cursor.fetchone() == ("django_migrations",)


def test_the_owner_reaches_the_database_of_the_test(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as connection:
        who = connection.execute("SELECT current_user, current_database()").fetchone()
    assert who is not None
    assert who[0] == "concordat_owner"
    assert who[1].startswith("test_")


def test_what_a_test_commits_in_its_own_database_is_seen_there(own_database: str, dsn: Callable[[str], str]) -> None:
    with psycopg.connect(dsn("concordat_owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE left_behind (id int)")
        owner.execute("GRANT SELECT ON left_behind TO concordat_app")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_database(), count(*) FROM left_behind")
        assert cursor.fetchone() == (own_database, 0)


def test_what_a_test_commits_in_its_own_database_is_gone_afterwards(owner_dsn: str) -> None:
    with psycopg.connect(owner_dsn) as connection, pytest.raises(errors.UndefinedTable):
        connection.execute("SELECT 1 FROM left_behind")


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(NetworkBlocked):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(NetworkBlocked):
        socket.getaddrinfo("example.org", 443)
