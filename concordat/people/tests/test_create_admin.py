import re
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from concordat.core.testing import throwaway
from concordat.core.testing.plugin import HOME
from concordat.organisations.models import Organisation
from concordat.people.tests.conftest import PASSWORD


@pytest.fixture
def as_operator(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as the owner of the tables, as `concordat create-admin` does."""
    params = throwaway.cluster(HOME).params("concordat_owner", own_database)
    connections["default"].close()
    for name in ("user", "password"):
        monkeypatch.setitem(connections["default"].settings_dict, name.upper(), params[name])


def create(*options: str) -> str:
    said = StringIO()
    call_command("create_admin", *options, stdout=said)
    connections["default"].close()
    return said.getvalue()


def test_the_first_administrator_comes_in(as_operator: None, owner_dsn: str) -> None:
    said = create(
        "eve@example.org", "--organisation", "Night Shelter", "--side", "civil", "--short", "NS", "--name", "Eve"
    )
    code = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", said)
    assert code
    assert "/account/invitation/" in said

    eve = Client()
    eve.post("/account/invitation/", {"code": code[0]})
    assert "Night Shelter" in eve.get("/account/join/").content.decode()
    eve.post("/account/join/", {"password": PASSWORD, "again": PASSWORD})
    assert eve.get("/people/").headers["Location"] == "/account/second-factor/"
    with psycopg.connect(owner_dsn) as owner:
        assert owner.execute("SELECT roles FROM people_membership WHERE shown_name = 'Eve'").fetchall() == [
            (["administrator"],)
        ]
        assert owner.execute("SELECT kind FROM ledger_entry WHERE what = 'administrator.invited'").fetchall() == [
            ("system",)
        ]


def test_an_organisation_that_is_there_is_found_by_name_or_short_address(as_operator: None) -> None:
    before = Organisation.objects.count()
    create("eve@example.org", "--organisation", "Prison Service")
    create("eve@example.org", "--organisation", "ps")
    assert Organisation.objects.count() == before


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["eve@example.org", "--organisation", "New"], "To make it, say --side"),
        (["no address", "--organisation", "Prison Service"], "is no e-mail address"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence(as_operator: None, options: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        create(*options)


def test_the_application_makes_no_administrator(own_database: str) -> None:
    with pytest.raises(CommandError, match="Only the owner"):
        create("eve@example.org", "--organisation", "Prison Service")
