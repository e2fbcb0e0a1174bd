"""The country in a database of its own: a copy of the template, emptied of the world of the other tests."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from concordat.core.testing import plugin, throwaway
from concordat.demo.country import named, user_of
from concordat.demo.emptying import empty
from concordat.demo.owner import as_owner

HERE = {"host": "localhost:8000"}


def make_room() -> None:
    """Take the world of the other tests out of the database that is connected."""
    with as_owner() as owner:
        empty(owner)


@pytest.fixture(scope="session")
def loaded(worker_database: str, template_database: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Load the country once into a database that is dropped at the end of the run."""
    copy = throwaway.copy_of_template(template_database, "country")
    with django_db_blocker.unblock(), copy as name:
        with plugin.connected_to(name):
            make_room()
            call_command("demo", stdout=StringIO())
        yield name


@pytest.fixture
def country(loaded: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Connect the test to the country; what it commits stays for the tests after it."""
    with django_db_blocker.unblock(), plugin.connected_to(loaded):
        yield loaded


@pytest.fixture
def tables(country: str) -> Iterator[psycopg.Connection]:
    """Look at every row of the country, past the policies."""
    with psycopg.connect(throwaway.cluster(plugin.HOME).dsn("postgres", country)) as connection:
        yield connection


@pytest.fixture
def through_the_door(country: str) -> Callable[[str], Client]:
    """Return how to sign in as a worker, with one click; `max/table` then acts for his other organisation."""

    def enter(key: str) -> Client:
        browser = Client(headers=HERE)
        browser.post("/demo-door/", {"persona": str(user_of(key))})
        if key.partition("/")[0] == "max":
            browser.post(reverse("people:acting"), {"membership": str(named(key))})
        return browser

    return enter
